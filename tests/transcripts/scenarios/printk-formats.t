# what each conversion of printk() prints
  $ insmod printk_fmt.ko
  k|<4>printk_fmt: loading out-of-tree module taints kernel.
  k|<5>printk_fmt: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>printk_fmt: %d -5 -6 4000000000 -7 8
  k|<6>printk_fmt: %lld -9000000000 18446744073709551615 deadbeefcafe
  k|<6>printk_fmt: %x beef BEEF 0xbeef 0XBEEF 0000beef 0x0000beef 10 010
  k|<6>printk_fmt: %hhd -1 255 -2 65535
  k|<6>printk_fmt: %zu 8 -1 -2
  k|<6>printk_fmt: width [   42] [42   ] [00042] [+42] [ 42] [     42] [42     ] [007]
  k|<6>printk_fmt: string [abc] [       abc] [abc       ] [ab] [a] [x] [  y]
  k|<6>printk_fmt: null string [(null)] [(nu]
  k|<6>printk_fmt: null pointers 0000000000000000 0000000000000000 0x0
  k|<6>printk_fmt: error pointer ffffffffffffffea -EINVAL (efault)
  k|<6>printk_fmt: hashed 000000007a1b3c77
  k|<6>printk_fmt: %px ffffffffc0203000
  k|<6>printk_fmt: %pK 000000007a1b3c77
  k|<6>printk_fmt: %pS printk_fmt_init+0x0/0x1000 [printk_fmt] printk_fmt_init [printk_fmt] printk_fmt_init+0x4/0x1000 [printk_fmt]
  k|<6>printk_fmt: %pS of kernel _printk+0x0/0x83 _printk
  k|<6>printk_fmt: %pS of data data_obj+0x0/0xfffffffffffff000 [printk_fmt]
  k|<6>printk_fmt: mac 00:1b:44:11:3a:b7 001b44113ab7 00-1b-44-11-3a-b7
  k|<6>printk_fmt: ip 192.168.1.10 192.168.001.010 2001:0db8:0000:0000:0000:0000:0000:0001 2001:db8::1
  k|<6>printk_fmt: hex 00 1b 44 11 3a b7 | 00:1b:44:11:3a:b7 | 00-1b-44-11-3a-b7 | 001b44113ab7
  k|<6>printk_fmt: escaped a\nb"c\001\
  k|<6>printk_fmt: bitmap f0f1 0,4-7,12-15
  k|<6>printk_fmt: phys 0x0000000012345678 uuid 20010db8-0000-0000-0000-000000000001 b80d0120-0000-0000-0000-000000000001
  k|<6>printk_fmt: errno -19
  k|<6>printk_fmt: unknown conversion is copied: 100% sure
  k|<6>dump: 00000000: 54 68 65 20 71 75 69 63 6b 20 62 72 6f 77 6e 20  The quick brown 
  k|<6>dump: 00000010: 66 6f 78 0a                                      fox.
  $ rmmod printk_fmt
  k|<6>printk_fmt: exit
