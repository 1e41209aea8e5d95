# what the switches in /proc/sys/kernel take
  $ cd /proc/sys/kernel; echo 1 > kptr_restrict; cat kptr_restrict
  1
  $ cd /proc/sys/kernel; echo 0x2 > kptr_restrict; cat kptr_restrict
  2
  $ cd /proc/sys/kernel; echo ' 0' > kptr_restrict; cat kptr_restrict
  0
  $ cd /proc/sys/kernel; echo 02 > kptr_restrict; cat kptr_restrict
  2
  $ cd /proc/sys/kernel; echo 3 > kptr_restrict; cat kptr_restrict
  2
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo -1 > kptr_restrict; cat kptr_restrict
  2
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo x > kptr_restrict; cat kptr_restrict
  2
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo '1 9' > kptr_restrict; cat kptr_restrict
  1
  $ cd /proc/sys/kernel; echo '' > kptr_restrict; cat kptr_restrict
  1
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 0x > kptr_restrict; cat kptr_restrict
  1
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 1x > kptr_restrict; cat kptr_restrict
  1
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 99999999999999999999 > kptr_restrict; cat kptr_restrict
  1
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 0 > modules_disabled; cat modules_disabled
  0
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 2 > modules_disabled; cat modules_disabled
  0
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo x > modules_disabled; cat modules_disabled
  0
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo -1 > modules_disabled; cat modules_disabled
  0
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; cat modprobe; printf '/bin/true\nrest' > modprobe; cat modprobe
  /sbin/modprobe
  /bin/true
  $ cd /proc/sys/kernel; printf xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx > modprobe; cat modprobe
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  $ cd /proc/sys/kernel; printf ' /sbin/a  b ' > modprobe; cat modprobe
   /sbin/a  b 
  $ cd /proc/sys/kernel; echo > modprobe; cat modprobe
  
  $ cd /proc/sys/kernel; echo 0 > tainted; cat tainted
  0
  $ cd /proc/sys/kernel; echo 64 > tainted; cat tainted
  64
  $ cd /proc/sys/kernel; echo 1 > tainted; cat tainted
  65
  $ cd /proc/sys/kernel; echo 0x100 > tainted; cat tainted
  321
  $ cd /proc/sys/kernel; echo 010 > tainted; cat tainted
  329
  $ cd /proc/sys/kernel; echo -1 > tainted; cat tainted
  329
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo x > tainted; cat tainted
  329
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo '' > tainted; cat tainted
  329
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo '512 2' > tainted; cat tainted
  841
  $ cd /proc/sys/kernel; echo 524288 > tainted; cat tainted
  841
  $ cd /proc/sys/kernel; echo 262144 > tainted; cat tainted
  262985
  $ cd /proc/sys/kernel; echo 131072 > tainted; cat tainted
  394057
  $ cd /proc/sys/kernel; echo 9223372036854775808 > tainted; cat tainted
  394057
  $ cd /proc/sys/kernel; echo 18446744073709551616 > tainted; cat tainted
  394057
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 99999999999999999999999 > tainted; cat tainted
  394057
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 1 > modules_disabled; cat modules_disabled
  1
  $ cd /proc/sys/kernel; echo 0 > modules_disabled; cat modules_disabled
  1
  2| sh: 1: echo: echo: I/O error
  $ cd /proc/sys/kernel; echo 1 > modules_disabled; cat modules_disabled
  1
