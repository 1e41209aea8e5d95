# a file of /proc that lists and changes what stands in a list, a hash table and a tree
  $ insmod roster.ko
  k|<4>roster: loading out-of-tree module taints kernel.
  k|<5>roster: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>hashes 2035817448 1 3043761007
  $ cat /proc/roster/people; ls -l /proc/roster | cut -c 1-10; cat /proc/roster/all | wc -l
  name        age
  total 0
  lrwxrwxrwx
  -rw-rw-rw-
  -r--r--r--
  1
  $ echo anna 30 >/proc/roster/people; printf 'bert 7' >/proc/roster/people; echo "carl 65" >/proc/roster/people; cat /proc/roster/people
  name        age
  anna         30
  bert          7
  carl         65
  k|<6>2 fields: 8
  k|<6>2 fields: 6
  k|<6>2 fields: 8
  $ echo anna 5 >/proc/roster/people; echo; echo nobody >/proc/roster/people; echo >/proc/roster/people
  
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  k|<6>2 fields: -17
  k|<6>1 fields: -2
  k|<6>0 fields: -22
  [1]
  $ echo dora 99 >/proc/roster/people; cat /proc/roster/all; cat /proc/roster/tree
  name        age
  anna         30
  bert          7
  carl         65
  bert anna carl dora 
  bert,anna,carl,dora
  4
  k|<6>2 fields: 8
  $ dd if=/proc/roster/people bs=20 2>/dev/null | tail -n 1; dd if=/proc/roster/people bs=16 skip=1 count=1 2>/dev/null; tail -n 2 /proc/roster/people; head -n 2 /proc/roster/people
  bert          7
  carl         65
  anna         30
  bert          7
  name        age
  carl         65
  $ echo bert >/proc/roster/people; cat /proc/roster/tree; grep -c . /proc/roster/people
  anna carl dora 
  anna,carl,dora
  3
  3
  k|<6>1 fields: 5
  $ for i in 1 2 3 4 5 6 7 8 9; do echo p$i $((i * 7 % 10)) >/proc/roster/people; done; cat /proc/roster/tree; awk '{ s += $2 } END { print s }' /proc/roster/people
  p3 p6 p9 p2 p5 p8 p1 p4 p7 anna carl dora 
  p3,p6,p9,p2,p5,p8,p1,p4,p7,anna,carl,dora
  12
  140
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  k|<6>2 fields: 5
  $ i=0; while [ $i -lt 60 ]; do echo name$i $i; i=$((i + 1)); done >many; while read line; do echo $line >/proc/roster/people; done <many 2>/dev/null; wc /proc/roster/people; md5sum </proc/roster/people | cut -c 1-8; tail -n 1 /proc/roster/people; rm many
         72       144      1152 /proc/roster/people
  e2ef1e9d
  name59       59
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 8
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  k|<6>2 fields: 10
  $ exec 3</proc/roster/people; head -c 16 <&3 | wc -c; read line <&3; echo $line; echo name59 >/proc/roster/people; cat <&3 | wc -l
  16
  carl 65
  69
  k|<6>1 fields: 7
  $ cd /proc/roster; ls; cat nothing; echo x >tree; rm people; mkdir new
  all
  people
  tree
  2| cat: can't open 'nothing': No such file or directory
  2| sh: 1: echo: echo: I/O error
  2| rm: can't remove 'people': Operation not permitted
  2| mkdir: can't create directory 'new': No such file or directory
  [1]
  $ seq 100 | tr '\n' ' ' >/proc/roster/people
  2| tr: write error: Argument list too long
  [1]
  $ rmmod roster 2>&1; ls /proc/roster; dmesg | grep -c goes
  71
  2| ls: /proc/roster: No such file or directory
  k|<6>dora goes
  k|<6>carl goes
  k|<6>anna goes
  k|<6>p7 goes
  k|<6>p4 goes
  k|<6>p1 goes
  k|<6>p8 goes
  k|<6>p5 goes
  k|<6>p2 goes
  k|<6>p9 goes
  k|<6>p6 goes
  k|<6>p3 goes
  k|<6>name0 goes
  k|<6>name1 goes
  k|<6>name2 goes
  k|<6>name3 goes
  k|<6>name4 goes
  k|<6>name5 goes
  k|<6>name6 goes
  k|<6>name7 goes
  k|<6>name8 goes
  k|<6>name9 goes
  k|<6>name10 goes
  k|<6>name11 goes
  k|<6>name12 goes
  k|<6>name13 goes
  k|<6>name14 goes
  k|<6>name15 goes
  k|<6>name16 goes
  k|<6>name17 goes
  k|<6>name18 goes
  k|<6>name19 goes
  k|<6>name20 goes
  k|<6>name21 goes
  k|<6>name22 goes
  k|<6>name23 goes
  k|<6>name24 goes
  k|<6>name25 goes
  k|<6>name26 goes
  k|<6>name27 goes
  k|<6>name28 goes
  k|<6>name29 goes
  k|<6>name30 goes
  k|<6>name31 goes
  k|<6>name32 goes
  k|<6>name33 goes
  k|<6>name34 goes
  k|<6>name35 goes
  k|<6>name36 goes
  k|<6>name37 goes
  k|<6>name38 goes
  k|<6>name39 goes
  k|<6>name40 goes
  k|<6>name41 goes
  k|<6>name42 goes
  k|<6>name43 goes
  k|<6>name44 goes
  k|<6>name45 goes
  k|<6>name46 goes
  k|<6>name47 goes
  k|<6>name48 goes
  k|<6>name49 goes
  k|<6>name50 goes
  k|<6>name51 goes
  k|<6>name52 goes
  k|<6>name53 goes
  k|<6>name54 goes
  k|<6>name55 goes
  k|<6>name56 goes
  k|<6>name57 goes
  k|<6>name58 goes
