#include "calls.h"
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/mount.h>
#include <linux/namei.h>

static const struct super_operations super_ops = { .statfs = simple_statfs, .drop_inode = generic_delete_inode, .free_inode = free_inode_nonrcu };

static int fill(struct super_block *sb, struct fs_context *fc)
{
	struct inode *inode = new_inode(sb);

	sb->s_magic = 0xca115;
	sb->s_op = &super_ops;
	inode->i_ino = 1;
	inode->i_mode = S_IFDIR | 0755;
	inc_nlink(inode);
	sb->s_root = d_make_root(inode);
	pr_info("filled\n");
	return sb->s_root ? 0 : -ENOMEM;
}
static int get_tree(struct fs_context *fc) { return get_tree_single(fc, fill); }
static const struct fs_context_operations context_ops = { .get_tree = get_tree };
static int init_context(struct fs_context *fc) { fc->ops = &context_ops; return 0; }
static struct file_system_type type = { .name = "callsown", .owner = THIS_MODULE, .init_fs_context = init_context, .kill_sb = kill_litter_super };
static struct vfsmount *mnt;
static int count;

static int __init calls_init(void)
{
	struct dentry *root, *file, *folder;
	struct inode *inode;
	struct timespec64 now;

	INT(register_filesystem(&type));
	INT(simple_pin_fs(&type, &mnt, &count));
	INT(count);
	INT(simple_pin_fs(&type, &mnt, &count));
	INT(count);
	root = mnt->mnt_root;
	HEX(mnt->mnt_sb->s_magic);
	STR(root->d_name.name);
	INT(d_inode(root)->i_nlink);
	INT(get_next_ino() < get_next_ino());

	file = d_alloc_name(root, "file");
	STR(file->d_name.name);
	INT(d_count(file));
	inode = new_inode(mnt->mnt_sb);
	inode->i_mode = S_IFREG | 0644;
	inode->i_ino = get_next_ino();
	INT(inode->i_nlink);
	INT(atomic_read(&inode->i_count));
	now = current_time(inode);
	INT(now.tv_sec > 1600000000);
	inode->i_atime = inode->i_mtime = inode->i_ctime = now;
	d_add(file, inode);
	INT(d_really_is_positive(file));
	INT(d_inode(file) == inode);
	dget(file);
	INT(d_count(file));
	dput(file);
	inc_nlink(inode);
	INT(inode->i_nlink);
	drop_nlink(inode);
	INT(inode->i_nlink);

	folder = d_alloc_name(root, "folder");
	inode = new_inode(mnt->mnt_sb);
	inode->i_mode = S_IFDIR | 0755;
	inc_nlink(inode);
	d_instantiate(folder, inode);
	inc_nlink(d_inode(root));
	INT(d_inode(root)->i_nlink);
	dget(folder);
	INT(simple_rmdir(d_inode(root), folder));
	INT(d_inode(root)->i_nlink);
	INT(inode->i_nlink);
	d_drop(folder);
	INT(d_unhashed(folder));
	dput(folder);

	dget(file);
	INT(simple_unlink(d_inode(root), file));
	INT(d_inode(file)->i_nlink);
	d_drop(file);
	INT(d_unhashed(file));
	dput(file);

	inode = new_inode(mnt->mnt_sb);
	clear_nlink(inode);
	INT(inode->i_nlink);
	INT(generic_delete_inode(inode));
	iput(inode);
	iput(NULL);
	dput(NULL);
	INT(always_delete_dentry(NULL));
	simple_release_fs(&mnt, &count);
	INT(count);
	simple_release_fs(&mnt, &count);
	INT(count);
	NIL(mnt);
	INT(unregister_filesystem(&type));
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
