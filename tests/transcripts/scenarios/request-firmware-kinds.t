# firmware_request_nowarn(), request_firmware_direct(), _into_buf(), _nowait() and others; files packed with xz
  $ mkdir /lib/firmware; printf plain > /lib/firmware/firmware.bin
  $ for how in null nowarn direct platform buf partial nowait; do insmod firmware_mod.ko how=$how; rmmod firmware_mod; done
  k|<4>firmware_mod: loading out-of-tree module taints kernel.
  k|<5>firmware_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>(NULL device *): firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: null(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: nowarn(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: direct(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: platform(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: buf(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>firmware_mod: in the buffer
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: partial(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>firmware_mod: in the buffer
  k|<6>firmware_mod: nowait 0, 1 references
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: nowait(firmware.bin) = 1
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  $ for how in null nowarn direct platform buf partial nowait; do insmod firmware_mod.ko how=$how name=absent.bin; rmmod firmware_mod; done
  k|<3>(NULL device *): firmware: failed to load absent.bin (-2)
  k|<3>firmware_class: See https://wiki.debian.org/Firmware for information about missing firmware
  k|<3>(NULL device *): firmware: failed to load absent.bin (-2)
  k|<4>(NULL device *): Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: null(absent.bin) = -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<6>firmware_mod: nowarn(absent.bin) = -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<6>firmware_mod: direct(absent.bin) = -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>Warning efi_get_embedded_fw called while we did not check for embedded fw
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: platform(absent.bin) = -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: buf(absent.bin) = -2
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: partial(absent.bin) = -2
  k|<6>firmware_mod: nowait 0, 1 references
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<3>platform fw_dev: firmware: failed to load absent.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for absent.bin failed with error -2
  k|<6>firmware_mod: nowait(absent.bin) = 1
  $ insmod firmware_mod.ko how=buf size=2; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load firmware.bin (-27)
  k|<4>platform fw_dev: Direct firmware load for firmware.bin failed with error -27
  k|<6>firmware_mod: buf(firmware.bin) = -27
  $ insmod firmware_mod.ko how=buf size=5; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: buf(firmware.bin) = 0
  k|<6>firmware_mod: 5 bytes: 70 6c 61 69 6e
  k|<6>firmware_mod: in the buffer
  $ insmod firmware_mod.ko how=partial size=2 offset=1; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: partial(firmware.bin) = 0
  k|<6>firmware_mod: 2 bytes: 6c 61
  k|<6>firmware_mod: in the buffer
  $ insmod firmware_mod.ko how=partial size=2 offset=4; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: partial(firmware.bin) = 0
  k|<6>firmware_mod: 1 bytes: 6e
  k|<6>firmware_mod: in the buffer
  $ insmod firmware_mod.ko how=partial size=2 offset=9; rmmod firmware_mod
  k|<6>platform fw_dev: firmware: direct-loading firmware firmware.bin
  k|<6>firmware_mod: partial(firmware.bin) = -2
  $ printf '\375\067\172\130\132\000\000\001\151\042\336\066\002\000\041\001\026\000\000\000\164\057\345\243\001\000\005\160\141\143\153\145\144\000\000\000\020\264\366\041\000\001\032\006\305\352\310\171\220\102\231\015\001\000\000\000\000\001\131\132' > /lib/firmware/packed.bin.xz; insmod firmware_mod.ko name=packed.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load packed.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware packed.bin
  k|<6>firmware_mod: plain(packed.bin) = 0
  k|<6>firmware_mod: 6 bytes: 70 61 63 6b 65 64
  $ insmod firmware_mod.ko name=packed.bin how=buf; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load packed.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware packed.bin
  k|<6>firmware_mod: buf(packed.bin) = 0
  k|<6>firmware_mod: 6 bytes: 70 61 63 6b 65 64
  k|<6>firmware_mod: in the buffer
  $ insmod firmware_mod.ko name=packed.bin how=buf size=3; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load packed.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware packed.bin
  k|<4>platform fw_dev: xz decompression failed (xz_ret=8)
  k|<3>platform fw_dev: firmware: failed to load packed.bin (-22)
  k|<4>platform fw_dev: Direct firmware load for packed.bin failed with error -22
  k|<6>firmware_mod: buf(packed.bin) = -22
  $ insmod firmware_mod.ko name=packed.bin how=partial size=3; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load packed.bin (-2)
  k|<4>platform fw_dev: Direct firmware load for packed.bin failed with error -2
  k|<6>firmware_mod: partial(packed.bin) = -2
  $ printf '\375\067\172\130\132\000\000\004\346\326\264\106\002\000\041\001\026\000\000\000\164\057\345\243\001\000\005\160\141\143\153\145\144\000\000\000\123\320\355\204\376\017\142\045\000\001\036\006\301\057\244\035\037\266\363\175\001\000\000\000\000\004\131\132' > /lib/firmware/crc64.bin.xz; insmod firmware_mod.ko name=crc64.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load crc64.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware crc64.bin
  k|<4>platform fw_dev: xz decompression failed (xz_ret=6)
  k|<3>platform fw_dev: firmware: failed to load crc64.bin (-22)
  k|<4>platform fw_dev: Direct firmware load for crc64.bin failed with error -22
  k|<6>firmware_mod: plain(crc64.bin) = -22
  $ printf 'no xz at all' > /lib/firmware/damaged.bin.xz; insmod firmware_mod.ko name=damaged.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load damaged.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware damaged.bin
  k|<4>platform fw_dev: xz decompression failed (xz_ret=5)
  k|<3>platform fw_dev: firmware: failed to load damaged.bin (-22)
  k|<4>platform fw_dev: Direct firmware load for damaged.bin failed with error -22
  k|<6>firmware_mod: plain(damaged.bin) = -22
  $ head -c 40 /lib/firmware/packed.bin.xz > /lib/firmware/short.bin.xz; insmod firmware_mod.ko name=short.bin; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load short.bin (-2)
  k|<6>platform fw_dev: firmware: direct-loading firmware short.bin
  k|<4>platform fw_dev: xz decompression failed (xz_ret=0)
  k|<3>platform fw_dev: firmware: failed to load short.bin (-22)
  k|<4>platform fw_dev: Direct firmware load for short.bin failed with error -22
  k|<6>firmware_mod: plain(short.bin) = -22
  $ printf 'a' > /lib/firmware/packed.zst.zst; insmod firmware_mod.ko name=packed.zst; rmmod firmware_mod
  k|<3>platform fw_dev: firmware: failed to load packed.zst (-2)
  k|<3>platform fw_dev: firmware: failed to load packed.zst (-2)
  k|<4>platform fw_dev: Direct firmware load for packed.zst failed with error -2
  k|<6>firmware_mod: plain(packed.zst) = -2
