# request_firmware() and its relatives: where files are looked for, and what is logged
  $ insmod firmware_mod.ko; rmmod firmware_mod
  k|<4>firmware_mod: loading out-of-tree module taints kernel.
  k|<5>firmware_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>platform fw_dev: firmware: failed to load firmware.bin (-2)
  k|<3>firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware
  k|<3>platform fw_dev: firmware: failed to load firmware.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for firmware.bin failed with error -2
  k|<6>firmware_mod: plain(firmware.bin) = -2
  $ mkdir -p /lib/firmware/updates/6.1.0-56-amd64 /lib/firmware/6.1.0-56-amd64/sub /tmp/fw; printf plain > /lib/firmware/firmware.bin
  $ insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  $ printf release > /lib/firmware/6.1.0-56-amd64/firmware.bin; insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 7 bytes: 72 65 6c 65 61 73 65
  $ printf updates > /lib/firmware/updates/firmware.bin; insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 7 bytes: 75 70 64 61 74 65 73
  $ printf both > /lib/firmware/updates/6.1.0-56-amd64/firmware.bin; insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 4 bytes: 62 6f 74 68
  $ printf path > /tmp/fw/firmware.bin; printf /tmp/fw > /sys/module/firmware_class/parameters/path; cat /sys/module/firmware_class/parameters/path
  /tmp/fw
  $ insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 4 bytes: 70 61 74 68
  $ printf sub > /lib/firmware/6.1.0-56-amd64/sub/a.bin; insmod firmware_mod.ko name=sub/a.bin; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware sub/a.bin
  k|<6>firmware_mod: plain(sub/a.bin) = 0
  k|<6>firmware_mod: 3 bytes: 73 75 62
  $ insmod firmware_mod.ko name=sub; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load sub (-2)
  k|<3>platform fw_dev: firmware: failed to load sub (-2)
  k|<4>platform fw_dev: Direct firmware load for sub failed with error -2
  k|<6>firmware_mod: plain(sub) = -2
  $ mkdir /lib/firmware/folder; insmod firmware_mod.ko name=folder; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load folder (-22)
  k|<4>platform fw_dev: Direct firmware load for folder failed with error -22
  k|<6>firmware_mod: plain(folder) = -22
  $ insmod firmware_mod.ko name=firmware.bin/a; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load firmware.bin/a (-20)
  k|<4>platform fw_dev: Direct firmware load for firmware.bin/a failed with error -20
  k|<6>firmware_mod: plain(firmware.bin/a) = -20
  $ insmod firmware_mod.ko name=sub/../firmware.bin; rmmod firmware_mod
  k|<4>platform fw_dev: Firmware load for 'sub/../firmware.bin' refused, path contains '..' component
  k|<6>firmware_mod: plain(sub/../firmware.bin) = -22
  $ insmod firmware_mod.ko name=/firmware.bin; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware /firmware.bin
  k|<6>firmware_mod: plain(/firmware.bin) = 0
  k|<6>firmware_mod: 4 bytes: 70 61 74 68
  $ printf "" > /lib/firmware/empty.bin; insmod firmware_mod.ko name=empty.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load empty.bin (-22)
  k|<4>platform fw_dev: Direct firmware load for empty.bin failed with error -22
  k|<6>firmware_mod: plain(empty.bin) = -22
  $ insmod firmware_mod.ko name=; rmmod firmware_mod
  k|<6>firmware_mod: plain() = -22
  $ insmod firmware_mod.ko how=twice; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: again 0
  k|<6>firmware_mod: same data: 1
  k|<6>firmware_mod: twice(firmware.bin) = 0
  k|<6>firmware_mod: 4 bytes: 70 61 74 68
  $ insmod firmware_mod.ko how=twice name=absent.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: again -2
  k|<6>firmware_mod: twice(absent.bin) = -2
  $ echo > /sys/module/firmware_class/parameters/path; insmod firmware_mod.ko; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: plain(firmware.bin) = 0
  k|<6>firmware_mod: 4 bytes: 62 6f 74 68
  $ ln -s /tmp/fw/firmware.bin /lib/firmware/link.bin; insmod firmware_mod.ko name=link.bin; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware link.bin
  k|<6>firmware_mod: plain(link.bin) = 0
  k|<6>firmware_mod: 4 bytes: 70 61 74 68
