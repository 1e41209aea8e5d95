# attributes of a module's own kobject, parameters of all kinds, files of debugfs
  $ insmod gauge.ko high=0x50 marks=7,8,9 unit='"per cent"' start=33 label=dial
  k|<4>gauge: loading out-of-tree module taints kernel.
  k|<5>gauge: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>from 10 to 80 per cent, link 0
  $ cd /sys/kernel/gauge; find . | sort; cat now/value now/marks; ls -l now | cut -c 1-10; readlink module
  .
  ./module
  ./now
  ./now/marks
  ./now/mood
  ./now/value
  33 per cent
  7 8 9
  total 0
  -r--r--r--
  --w-------
  -rw-r--r--
  ../../module/gauge
  $ cd /sys/kernel/gauge/now; echo 77 >value; cat value; echo 1000 >value; cat value; echo -5 >value; cat value; echo abc >value; printf 40 >value; cat value
  77 per cent
  80 per cent
  10 per cent
  40 per cent
  2| sh: 1: echo: echo: I/O error
  $ cd /sys/module/gauge/parameters; for i in *; do echo $i $(cat $i) $(stat -c %a $i); done
  high 80 444
  label dial 644
  loud N 600
  low 10 644
  marks 7,8,9 644
  unit per cent 644
  $ cd /sys/module/gauge/parameters; echo 20 >low; cat low; echo 500 >low; echo Y >loud; cat loud; echo maybe >loud; echo 1,2,3,4 >marks; cat marks; echo 1,2,3,4,5 >marks; cat marks; echo 300 >marks; echo 4 >marks; cat marks ../../../kernel/gauge/now/marks
  20
  Y
  1,2,3,4
  1,2,3,4
  4
  4
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  k|<6>low was 10
  k|<3>marks: can only take 4 arguments
  $ cd /sys/module/gauge/parameters; echo "twelve letters" >label; echo tiny >label; cat label; echo degrees >unit; cat unit; echo 55 >/sys/kernel/gauge/now/value; cat /sys/kernel/gauge/now/value; echo 1 >high
  tiny
  
  degrees
  
  55 degrees
  
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: cannot create high: Permission denied
  k|<3>label: string doesn't fit in 11 chars.
  k|<6>tiny
  k|<6>: 55
  [2]
  $ cd /sys/kernel/gauge/now; echo busy >mood; echo calm >mood; echo sad >mood; cat mood; echo 1 >marks
  2| sh: 1: echo: echo: I/O error
  2| cat: can't open 'mood': Permission denied
  2| sh: 1: cannot create marks: Permission denied
  k|<6>mood 1, yes
  k|<6>mood 0, no
  [2]
  $ mount -t debugfs none /sys/kernel/debug 2>/dev/null; cd /sys/kernel/debug/gauge; ls -l | cut -c 1-10; cat flags total loud blob frozen sum
  total 0
  -r--r--r--
  -rw-r--r--
  -rw-r--r--
  -rw-------
  lrwxrwxrwx
  -r--r--r--
  0x5a
  262
  Y
  blob of bytes
  0
  262
  $ cd /sys/kernel/debug/gauge; echo 0xff >flags; cat flags; echo 256 >flags; cat flags; echo n >loud; cat loud; echo 1 >frozen; echo 5 >/sys/kernel/gauge/now/value; echo 2 >frozen; echo 0 >frozen; echo 1 >total; dd if=blob bs=4 skip=1 count=2 2>/dev/null; wc -c blob
  0xff
  0x00
  N
   of byte14 blob
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  $ cat /sys/module/gauge/version /sys/module/gauge/refcnt /sys/module/gauge/initstate; modinfo -F parm gauge.ko; modinfo -F version gauge.ko
  1.2
  0
  live
  low:where it begins
  high: (int)
  unit: (charp)
  loud: (bool)
  marks: (array of byte)
  label: (string)
  start: (int)
  1.2
  $ rmmod gauge; ls /sys/kernel/gauge /sys/kernel/debug/gauge; insmod gauge.ko low=95; insmod gauge.ko marks=1,2,3,4,5; insmod gauge.ko loud=2; insmod gauge.ko; rmmod gauge
  2| ls: /sys/kernel/gauge: No such file or directory
  2| ls: /sys/kernel/debug/gauge: No such file or directory
  2| insmod: ERROR: could not insert module gauge.ko: Numerical result out of range
  2| insmod: ERROR: could not insert module gauge.ko: Invalid parameters
  2| insmod: ERROR: could not insert module gauge.ko: Invalid parameters
  k|<3>gauge: `95' invalid for parameter `low'
  k|<3>marks: can only take 4 arguments
  k|<3>gauge: `1' invalid for parameter `marks'
  k|<3>gauge: `2' invalid for parameter `loud'
  k|<6>from 10 to 90 percent, link 0
