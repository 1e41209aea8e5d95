# how a module speaks, what it exports, and who uses that
  $ insmod voices.ko
  k|<4>voices: loading out-of-tree module taints kernel.
  k|<5>voices: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>voices: plan 1, voices, 3 of voices
  $ echo 0 >/proc/voices
  k|<0>voices: emergency
  k|<1>voices: alert
  k|<2>voices: critical
  k|<3>voices: error -ENOSPC
  k|<4>voices: warning
  k|<5>voices: notice
  k|<6>voices: information
  k|<4>no level
  k|<6>half a line
  $ echo 1 >/proc/voices
  k|<6>voices:    42|42   |00042|+42|ff|0xff|10|x|%
  k|<6>voices: 18446744073709551615 -1 44 -3 abc
  k|<6>voices:      right|left      |thr|     7|(null)
  k|<6>voices: de ad be ef de:ad:be:ef 127.0.0.1 01:02:03:04:05:06
  k|<6>voices: f1 0,4-7 [mem 0x00001000-0x000010ff]
  k|<6>voices: voice_of [voices] levels+0x0/0x9b [voices]
  k|<6>dump: 00000000: 73 69 78 74 65 65 6e 20 62 79 74 65 73 20 61 6e  sixteen bytes an
  k|<6>dump: 00000010: 64 20 6d 6f 72 65                                d more
  $ echo 2 >/proc/voices
  k|<6>voices: once
  k|<4>once, too
  k|<6>voices: limited 0
  k|<6>voices: limited 1
  k|<6>voices: limited 2
  k|<6>voices: not all of these 0
  k|<6>voices: not all of these 1
  k|<6>voices: not all of these 2
  k|<6>voices: not all of these 3
  k|<6>voices: not all of these 4
  k|<6>voices: not all of these 5
  k|<6>voices: not all of these 6
  k|<6>voices: not all of these 7
  k|<6>voices: not all of these 8
  k|<6>voices: not all of these 9
  $ insmod listener.ko; lsmod; rmmod voices; cat /sys/module/voices/holders/listener/refcnt; ls /sys/module/voices/holders; grep voice_of /proc/kallsyms | cut -c 18-
  Module                  Size  Used by
  listener               16384  0
  voices                 20480  1 listener
  0
  listener
  r __crc_voice_of	[voices]
  r __kstrtab_voice_of	[voices]
  r __kstrtabns_voice_of	[voices]
  r __ksymtab_voice_of	[voices]
  t voice_of	[voices]
  2| rmmod: ERROR: Module voices is in use by: listener
  k|<6>listener: 8, found 1
  k|<6>listener: nothing 1
  $ echo 3 >/sys/module/voices/parameters/tone; rmmod listener; echo 9 >/proc/voices; echo -1 >/proc/voices; echo 4x >/proc/voices
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  k|<6>listener: 3
  [1]
  $ modinfo voices.ko | grep -v 'vermagic\|filename'; modinfo -F softdep listener.ko; cat /proc/voices
  mood:           cheerful
  alias:          voice-of-modules
  version:        0.9
  description:    How modules speak
  author:         Another
  author:         One
  license:        GPL v2
  srcversion:     6EF896766F3CB27491D6034
  depends:        
  retpoline:      Y
  name:           voices
  parm:           tone:int
  pre: voices
  2| cat: read error: Input/output error
  [1]
  $ dmesg -n 1; dmesg -n 8; cat /proc/sys/kernel/printk | cut -f 1; echo '<4>from here' >/dev/kmsg; dmesg | tail -n 1 | sed 's/.*] //'
  8
  from here
  k|<12>from here
  $ rmmod voices; insmod listener.ko
  2| insmod: ERROR: could not insert module listener.ko: Unknown symbol in module
  k|<6>voices: voices_exit
  k|<4>listener: Unknown symbol voice_of (err -2)
  [1]
