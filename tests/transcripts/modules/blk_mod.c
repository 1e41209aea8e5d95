/* Disks in memory, as tutorials make them: with a queue of requests (blk-mq), or with bios only. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/blkdev.h>
#include <linux/blk-mq.h>
#include <linux/bio.h>
#include <linux/vmalloc.h>
#include <linux/string.h>
MODULE_LICENSE("GPL");
static int sectors = 8, loud = 1;
module_param(sectors, int, 0444);
module_param(loud, int, 0444);

static int major;
static u8 *first, *second;
static struct blk_mq_tag_set tags;
static struct gendisk *disk, *plain;

static int blk_mod_open(struct block_device *bdev, fmode_t mode)
{
	if (loud)
		pr_info("open %s %x\n", bdev->bd_disk->disk_name, mode & (FMODE_READ | FMODE_WRITE));
	return 0;
}
static void blk_mod_release(struct gendisk *gd, fmode_t mode)
{
	if (loud)
		pr_info("release %s\n", gd->disk_name);
}
static blk_status_t blk_mod_queue(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *data)
{
	struct request *rq = data->rq;
	loff_t pos = blk_rq_pos(rq) << SECTOR_SHIFT;
	struct req_iterator iter;
	struct bio_vec bv;

	blk_mq_start_request(rq);
	if (loud)
		pr_info("%s of %u bytes at sector %llu\n", rq_data_dir(rq) ? "write" : "read", blk_rq_bytes(rq), (u64)blk_rq_pos(rq));
	rq_for_each_segment(bv, rq, iter) {
		void *p = page_address(bv.bv_page) + bv.bv_offset;

		if (rq_data_dir(rq))
			memcpy(first + pos, p, bv.bv_len);
		else
			memcpy(p, first + pos, bv.bv_len);
		pos += bv.bv_len;
	}
	if (rq_data_dir(rq)) {
		blk_mq_end_request(rq, BLK_STS_OK);
	} else if (loud == 2) {
		blk_mq_complete_request(rq);
	} else {
		pr_info("more: %d\n", blk_update_request(rq, BLK_STS_OK, blk_rq_bytes(rq)));
		__blk_mq_end_request(rq, BLK_STS_OK);
	}
	return BLK_STS_OK;
}
static void blk_mod_complete(struct request *rq) { pr_info("complete\n"); blk_mq_end_request(rq, BLK_STS_OK); }
static const struct blk_mq_ops queue_ops = { .queue_rq = blk_mod_queue, .complete = blk_mod_complete };
static void blk_mod_submit(struct bio *bio)
{
	loff_t pos = bio->bi_iter.bi_sector << SECTOR_SHIFT;
	struct bvec_iter iter;
	struct bio_vec bv;

	if (loud)
		pr_info("bio %s of %u bytes at sector %llu\n", bio_data_dir(bio) ? "write" : "read", bio->bi_iter.bi_size, (u64)bio->bi_iter.bi_sector);
	bio_for_each_segment(bv, bio, iter) {
		void *p = page_address(bv.bv_page) + bv.bv_offset;

		if (bio_data_dir(bio))
			memcpy(second + pos, p, bv.bv_len);
		else
			memcpy(p, second + pos, bv.bv_len);
		pos += bv.bv_len;
	}
	bio_endio(bio);
}
static const struct block_device_operations ops = { .owner = THIS_MODULE, .open = blk_mod_open, .release = blk_mod_release };
static const struct block_device_operations bio_ops = { .owner = THIS_MODULE, .submit_bio = blk_mod_submit };

static int __init blk_mod_init(void)
{
	int error;

	major = register_blkdev(0, "blk_mod");
	pr_info("major %d\n", major);
	first = vzalloc(sectors * 512), second = vzalloc(sectors * 512);
	for (error = 0; error < sectors * 512; error++)
		first[error] = second[error] = error % 64 == 63 ? '\n' : '.';
	tags.ops = &queue_ops, tags.nr_hw_queues = 1, tags.queue_depth = 16, tags.numa_node = NUMA_NO_NODE, tags.flags = BLK_MQ_F_SHOULD_MERGE;
	pr_info("tags: %d\n", blk_mq_alloc_tag_set(&tags));
	disk = blk_mq_alloc_disk(&tags, NULL);
	if (IS_ERR(disk))
		return PTR_ERR(disk);
	disk->major = major, disk->first_minor = 0, disk->minors = 1, disk->fops = &ops, disk->flags = GENHD_FL_NO_PART;
	snprintf(disk->disk_name, DISK_NAME_LEN, "mqdisk");
	set_capacity(disk, sectors);
	error = add_disk(disk);
	pr_info("add_disk: %d, %llu sectors, devt %d:%d\n", error, (u64)get_capacity(disk), MAJOR(disk_devt(disk)), MINOR(disk_devt(disk)));
	plain = blk_alloc_disk(NUMA_NO_NODE);
	plain->major = major, plain->first_minor = 1, plain->minors = 1, plain->fops = &bio_ops, plain->flags = GENHD_FL_NO_PART;
	strcpy(plain->disk_name, "biodisk");
	set_capacity(plain, sectors);
	blk_queue_logical_block_size(plain->queue, 512);
	blk_queue_physical_block_size(plain->queue, 4096);
	error = add_disk(plain);
	pr_info("add_disk: %d\n", error);
	return 0;
}
static void __exit blk_mod_exit(void)
{
	del_gendisk(plain);
	put_disk(plain);
	del_gendisk(disk);
	put_disk(disk);
	blk_mq_free_tag_set(&tags);
	unregister_blkdev(major, "blk_mod");
	pr_info("%.8s %.8s\n", first, second);
	vfree(first);
	vfree(second);
}
module_init(blk_mod_init);
module_exit(blk_mod_exit);
