#include "calls.h"
#include <linux/fs.h>

static char buffer[64];

static void show(struct file *file, loff_t *pos, size_t count)
{
	memset(buffer, 0, sizeof buffer);
	INT(kernel_read(file, buffer, count, pos));
	STR(buffer);
	INT(*pos);
}

static int __init calls_init(void)
{
	struct file *file;
	loff_t pos = 0;

	INT(PTR_ERR(filp_open("/tmp/calls-none", O_RDONLY, 0)));
	INT(PTR_ERR(filp_open("/tmp/no/such", O_CREAT | O_RDWR, 0600)));
	INT(PTR_ERR(filp_open("/tmp", O_RDWR, 0)));

	file = filp_open("/tmp/calls-file", O_CREAT | O_RDWR, 0640);
	INT(IS_ERR(file));
	if (IS_ERR(file))
		return 0;
	INT(i_size_read(file_inode(file)));
	HEX(file->f_flags);
	HEX(file->f_mode & 7);
	HEX(file_inode(file)->i_mode);
	INT(kernel_write(file, "hello world\n", 12, &pos));
	INT(pos);
	INT(i_size_read(file_inode(file)));
	INT(file->f_pos);
	pos = 6;
	show(file, &pos, 3);
	show(file, &pos, 30);
	show(file, &pos, 30);
	pos = 16;
	INT(kernel_write(file, "far", 3, &pos));
	pos = 10;
	INT(kernel_read(file, buffer, sizeof buffer, &pos));
	INT(buffer[2]);
	STR(buffer + 6);
	INT(vfs_llseek(file, 4, SEEK_SET));
	INT(vfs_llseek(file, -3, SEEK_END));
	INT(kernel_read(file, buffer, 2, &file->f_pos));
	INT(file->f_pos);
	INT(filp_close(file, NULL));

	INT(PTR_ERR(filp_open("/tmp/calls-file", O_CREAT | O_EXCL | O_RDWR, 0640)));
	INT(PTR_ERR(filp_open("/tmp/calls-file/below", O_RDWR, 0640)));
	file = filp_open("/tmp/calls-file", O_WRONLY | O_APPEND, 0);
	pos = 0;
	INT(kernel_write(file, "end", 3, &pos));
	INT(pos);
	INT(kernel_read(file, buffer, 3, &pos));
	filp_close(file, NULL);
	file = filp_open("/tmp/calls-file", O_RDONLY, 0);
	INT(i_size_read(file_inode(file)));
	pos = 0;
	INT(kernel_write(file, "no", 2, &pos));
	show(file, &pos, 5);
	filp_close(file, NULL);
	file = filp_open("/tmp/calls-file", O_RDWR | O_TRUNC, 0);
	INT(i_size_read(file_inode(file)));
	pos = 0;
	INT(kernel_write(file, "short\n", 6, &pos));
	filp_close(file, NULL);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
