# files of the disk, opened, read and written from within the kernel: fs/open.c, fs/read_write.c
  $ insmod calls/fs_disk.ko
  k|<4>fs_disk: loading out-of-tree module taints kernel.
  k|<5>fs_disk: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>fs_disk: PTR_ERR(filp_open("/tmp/calls-none", O_RDONLY, 0)) = -2
  k|<6>fs_disk: PTR_ERR(filp_open("/tmp/no/such", O_CREAT | O_RDWR, 0600)) = -2
  k|<6>fs_disk: PTR_ERR(filp_open("/tmp", O_RDWR, 0)) = -21
  k|<6>fs_disk: IS_ERR(file) = 0
  k|<6>fs_disk: i_size_read(file_inode(file)) = 0
  k|<6>fs_disk: file->f_flags = 0x2
  k|<6>fs_disk: file->f_mode & 7 = 0x7
  k|<6>fs_disk: file_inode(file)->i_mode = 0x81a0
  k|<6>fs_disk: kernel_write(file, "hello world\n", 12, &pos) = 12
  k|<6>fs_disk: pos = 12
  k|<6>fs_disk: i_size_read(file_inode(file)) = 12
  k|<6>fs_disk: file->f_pos = 0
  k|<6>fs_disk: kernel_read(file, buffer, count, pos) = 3
  k|<6>fs_disk: buffer = "wor"
  k|<6>fs_disk: *pos = 9
  k|<6>fs_disk: kernel_read(file, buffer, count, pos) = 3
  k|<6>fs_disk: buffer = "ld
  k|<6>"
  k|<6>fs_disk: *pos = 12
  k|<6>fs_disk: kernel_read(file, buffer, count, pos) = 0
  k|<6>fs_disk: buffer = ""
  k|<6>fs_disk: *pos = 12
  k|<6>fs_disk: kernel_write(file, "far", 3, &pos) = 3
  k|<6>fs_disk: kernel_read(file, buffer, sizeof buffer, &pos) = 9
  k|<6>fs_disk: buffer[2] = 0
  k|<6>fs_disk: buffer + 6 = "far"
  k|<6>fs_disk: vfs_llseek(file, 4, SEEK_SET) = 4
  k|<6>fs_disk: vfs_llseek(file, -3, SEEK_END) = 16
  k|<6>fs_disk: kernel_read(file, buffer, 2, &file->f_pos) = 2
  k|<6>fs_disk: file->f_pos = 18
  k|<6>fs_disk: filp_close(file, NULL) = 0
  k|<6>fs_disk: PTR_ERR(filp_open("/tmp/calls-file", O_CREAT | O_EXCL | O_RDWR, 0640)) = -17
  k|<6>fs_disk: PTR_ERR(filp_open("/tmp/calls-file/below", O_RDWR, 0640)) = -20
  k|<6>fs_disk: kernel_write(file, "end", 3, &pos) = 3
  k|<6>fs_disk: pos = 22
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at fs/read_write.c:414 __kernel_read+0x248/0x290
  k|<...>
  k|<6>fs_disk: kernel_read(file, buffer, 3, &pos) = -22
  k|<6>fs_disk: i_size_read(file_inode(file)) = 22
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at fs/read_write.c:504 __kernel_write_iter+0x1cd/0x210
  k|<...>
  k|<6>fs_disk: kernel_write(file, "no", 2, &pos) = -9
  k|<6>fs_disk: kernel_read(file, buffer, count, pos) = 5
  k|<6>fs_disk: buffer = "hello"
  k|<6>fs_disk: *pos = 5
  k|<6>fs_disk: i_size_read(file_inode(file)) = 0
  k|<6>fs_disk: kernel_write(file, "short\n", 6, &pos) = 6
  $ rmmod fs_disk
