/* Files that say by which path they were opened. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

static char room[64];

static void tell(const char *what, char *path)
{
	if (IS_ERR(path))
		pr_info("%s: error %ld\n", what, PTR_ERR(path));
	else
		pr_info("%s: %s, %ld from the end\n", what, path, room + sizeof(room) - path);
}

static int paths_open(struct inode *inode, struct file *file)
{
	tell("file_path", file_path(file, room, sizeof room));
	tell("d_path", d_path(&file->f_path, room, sizeof room));
	tell("dentry_path_raw", dentry_path_raw(file->f_path.dentry, room, sizeof room));
	tell("short", file_path(file, room + sizeof room - 4, 4));
	return 0;
}

static const struct file_operations operations = { .owner = THIS_MODULE, .open = paths_open };
static const struct proc_ops proc_operations = { .proc_open = paths_open };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "paths0", .fops = &operations };
static struct proc_dir_entry *folder;
static struct dentry *debug;

static int __init paths_init(void)
{
	struct file *file = filp_open("/tmp/paths", O_CREAT | O_RDWR, 0600);

	if (!IS_ERR(file)) {
		tell("file_path", file_path(file, room, sizeof room));
		filp_close(file, NULL);
	}
	folder = proc_mkdir("paths", NULL);
	proc_create("inside", 0444, folder, &proc_operations);
	debug = debugfs_create_dir("paths", NULL);
	debugfs_create_file("inside", 0444, debug, NULL, &operations);
	return misc_register(&device);
}
static void __exit paths_exit(void)
{
	misc_deregister(&device);
	debugfs_remove(debug);
	proc_remove(folder);
}
module_init(paths_init);
module_exit(paths_exit);
MODULE_LICENSE("GPL");
