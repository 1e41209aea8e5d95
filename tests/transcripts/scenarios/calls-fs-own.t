# a file system of a module's own, used from within the kernel: fs/libfs.c, fs/inode.c, fs/dcache.c, fs/super.c
  $ insmod calls/fs_own.ko
  k|<4>fs_own: loading out-of-tree module taints kernel.
  k|<5>fs_own: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>fs_own: register_filesystem(&type) = 0
  k|<6>fs_own: filled
  k|<6>fs_own: simple_pin_fs(&type, &mnt, &count) = 0
  k|<6>fs_own: count = 1
  k|<6>fs_own: simple_pin_fs(&type, &mnt, &count) = 0
  k|<6>fs_own: count = 2
  k|<6>fs_own: mnt->mnt_sb->s_magic = 0xca115
  k|<6>fs_own: root->d_name.name = "/"
  k|<6>fs_own: d_inode(root)->i_nlink = 2
  k|<6>fs_own: get_next_ino() < get_next_ino() = 1
  k|<6>fs_own: file->d_name.name = "file"
  k|<6>fs_own: d_count(file) = 1
  k|<6>fs_own: inode->i_nlink = 1
  k|<6>fs_own: atomic_read(&inode->i_count) = 1
  k|<6>fs_own: now.tv_sec > 1600000000 = 1
  k|<6>fs_own: d_really_is_positive(file) = 1
  k|<6>fs_own: d_inode(file) == inode = 1
  k|<6>fs_own: d_count(file) = 2
  k|<6>fs_own: inode->i_nlink = 2
  k|<6>fs_own: inode->i_nlink = 1
  k|<6>fs_own: d_inode(root)->i_nlink = 3
  k|<6>fs_own: simple_rmdir(d_inode(root), folder) = 0
  k|<6>fs_own: d_inode(root)->i_nlink = 2
  k|<6>fs_own: inode->i_nlink = 0
  k|<6>fs_own: d_unhashed(folder) = 1
  k|<6>fs_own: simple_unlink(d_inode(root), file) = 0
  k|<6>fs_own: d_inode(file)->i_nlink = 0
  k|<6>fs_own: d_unhashed(file) = 1
  k|<6>fs_own: inode->i_nlink = 0
  k|<6>fs_own: generic_delete_inode(inode) = 1
  k|<6>fs_own: always_delete_dentry(NULL) = 1
  k|<6>fs_own: count = 1
  k|<6>fs_own: count = 0
  k|<6>fs_own: mnt is NULL
  k|<6>fs_own: unregister_filesystem(&type) = 0
  $ rmmod fs_own
