# programs that wait in a driver for each other, for time and for signals
  $ insmod waiting.ko
  k|<4>waiting: loading out-of-tree module taints kernel.
  k|<5>waiting: module verification failed: signature and/or required key missing - tainting kernel
  $ dd bs=5 count=1 </dev/waiting >got 2>/dev/null & sleep 1; printf hello >/dev/waiting; wait; cat got
  hello (no-eol)
  k|<6>dd waits to read 5
  k|<6>sh writes 5 of 5
  k|<6>sh wants to be told no more
  k|<6>dd reads 5 of 5
  k|<6>dd wants to be told no more
  $ (dd bs=5 count=1 </dev/waiting >got 2>/dev/null) & sleep 1; (dd bs=5 count=1 </dev/waiting >more 2>/dev/null) & sleep 1; printf 1234567 >/dev/waiting; wait; cat got more
  1234567 (no-eol)
  k|<6>dd waits to read 5
  k|<6>dd waits to read 5
  k|<6>sh writes 7 of 7
  k|<6>dd reads 5 of 5
  k|<6>dd wants to be told no more
  k|<6>sh wants to be told no more
  k|<6>dd reads 2 of 5
  k|<6>dd wants to be told no more
  $ printf 12345678 >/dev/waiting; printf 9 >/dev/waiting & sleep 1; dd bs=5 count=1 </dev/waiting 2>/dev/null; wait; dd bs=8 count=1 </dev/waiting 2>/dev/null
  123456789 (no-eol)
  k|<6>sh writes 8 of 8
  k|<6>sh wants to be told no more
  k|<6>sh waits to write 1
  k|<6>dd reads 5 of 5
  k|<6>sh writes 1 of 1
  k|<6>sh wants to be told no more
  k|<6>sh wants to be told no more
  k|<6>dd reads 4 of 8
  k|<6>sh wants to be told no more
  $ dd bs=5 count=1 </dev/waiting & sleep 1; kill -TERM $!; wait $!
  2| Terminated
  k|<6>dd waits to read 5
  k|<6>dd is interrupted, by a signal that kills
  k|<6>dd wants to be told no more
  [143]
  $ dd bs=5 count=1 </dev/waiting & sleep 1; kill -KILL $!; wait $!
  2| Killed
  k|<6>dd waits to read 5
  k|<6>dd is interrupted, by a signal that kills
  k|<6>dd wants to be told no more
  [137]
  $ trap 'echo got it' USR1; me=$$; (sleep 1; kill -USR1 $me) & read line </dev/waiting; echo $? $line
  got it
  1
  k|<6>sh waits to read 1
  k|<6>sh is interrupted, not by a signal that kills
  k|<6>sh wants to be told no more
  $ printf '1 200' >/proc/waiting; dd bs=5 count=1 </dev/waiting 2>/dev/null
  t (no-eol)
  k|<6>dd waits to read 5
  k|<6>dd reads 1 of 5
  k|<6>sh wants to be told no more
  $ printf '2 200' >/proc/waiting; dd bs=5 count=1 </dev/waiting 2>/dev/null
  w (no-eol)
  k|<6>dd waits to read 5
  k|<6>dd reads 1 of 5
  k|<6>sh wants to be told no more
  $ cat /proc/waiting & sleep 1; printf 4 >/proc/waiting; wait $!
  $ cat /proc/waiting & sleep 1; kill $!; wait $!
  2| Terminated
  [143]
  $ printf '5 1500' >/proc/waiting & sleep 0.5; sh -c 'printf "5 10" >/proc/waiting'; wait $!
  k|<6>sh holds it
  k|<6>sh held it
  k|<6>sh holds it
  k|<6>sh held it
  $ printf '6 100' >/proc/waiting; (sleep 0.5; printf x >/dev/waiting) & printf '6 3000' >/proc/waiting; wait; dd bs=5 count=1 </dev/waiting 2>/dev/null
  x (no-eol)
  k|<6>sh has waited in vain
  k|<6>sh writes 1 of 1
  k|<6>sh has waited
  k|<6>sh wants to be told no more
  k|<6>dd reads 1 of 5
  k|<6>sh wants to be told no more
  $ busybox ash -c 'exec 3<>/dev/waiting; read -t 1 -n 1 one <&3; echo $? $one'
  1
  k|<6>busybox wants to be told no more
  $ (sleep 0.5; printf y >/dev/waiting) & busybox ash -c 'exec 3<>/dev/waiting; read -t 5 -n 1 one <&3; echo $? $one'; wait
  0 y
  k|<6>sh writes 1 of 1
  k|<6>busybox reads 1 of 1
  k|<6>busybox wants to be told no more
  k|<6>sh wants to be told no more
  $ printf '1 300' >/proc/waiting; busybox ash -c 'exec 3<>/dev/waiting; read -t 5 -n 1 one <&3; echo $? $one'
  0 t
  k|<6>busybox reads 1 of 1
  k|<6>busybox wants to be told no more
  $ printf 8 >/proc/waiting; su user -c 'printf 8 >/proc/waiting'
  k|<6>sh is a program, user 0 of group 0, and may all
  k|<6>sh is a program, user 1000 of group 1000, and may not all
  $ dd bs=5 count=1 </dev/waiting 2>/dev/null & sleep 1; grep waiting /proc/modules | cut -d ' ' -f 1,3; rmmod waiting; kill $!; wait $!; sleep 1; rmmod waiting
  waiting 1
  2| rmmod: ERROR: Module waiting is in use
  k|<6>dd waits to read 5
  k|<6>dd is interrupted, by a signal that kills
  k|<6>dd wants to be told no more
  $ lsmod
  Module                  Size  Used by
