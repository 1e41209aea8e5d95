# what each type of parameter takes and shows: kernel/params.c
  $ insmod calls/kernel_params.ko
  k|<4>kernel_params: loading out-of-tree module taints kernel.
  k|<5>kernel_params: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_params: byte "0": 0, 2 0\n
  k|<6>kernel_params: byte "12": 0, 3 12\n
  k|<6>kernel_params: byte "-1": -22, 2 7\n
  k|<6>kernel_params: byte "0x1f": 0, 3 31\n
  k|<6>kernel_params: byte "010": 0, 2 8\n
  k|<6>kernel_params: byte "256": -34, 2 7\n
  k|<6>kernel_params: byte "70000": -34, 2 7\n
  k|<6>kernel_params: byte "4294967296": -34, 2 7\n
  k|<6>kernel_params: byte "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: byte "": -22, 2 7\n
  k|<6>kernel_params: byte "1x": -22, 2 7\n
  k|<6>kernel_params: byte "1\n": 0, 2 1\n
  k|<6>kernel_params: short "0": 0, 2 0\n
  k|<6>kernel_params: short "12": 0, 3 12\n
  k|<6>kernel_params: short "-1": 0, 3 -1\n
  k|<6>kernel_params: short "0x1f": 0, 3 31\n
  k|<6>kernel_params: short "010": 0, 2 8\n
  k|<6>kernel_params: short "256": 0, 4 256\n
  k|<6>kernel_params: short "70000": -34, 2 7\n
  k|<6>kernel_params: short "4294967296": -34, 2 7\n
  k|<6>kernel_params: short "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: short "": -22, 2 7\n
  k|<6>kernel_params: short "1x": -22, 2 7\n
  k|<6>kernel_params: short "1\n": 0, 2 1\n
  k|<6>kernel_params: ushort "0": 0, 2 0\n
  k|<6>kernel_params: ushort "12": 0, 3 12\n
  k|<6>kernel_params: ushort "-1": -22, 2 7\n
  k|<6>kernel_params: ushort "0x1f": 0, 3 31\n
  k|<6>kernel_params: ushort "010": 0, 2 8\n
  k|<6>kernel_params: ushort "256": 0, 4 256\n
  k|<6>kernel_params: ushort "70000": -34, 2 7\n
  k|<6>kernel_params: ushort "4294967296": -34, 2 7\n
  k|<6>kernel_params: ushort "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: ushort "": -22, 2 7\n
  k|<6>kernel_params: ushort "1x": -22, 2 7\n
  k|<6>kernel_params: ushort "1\n": 0, 2 1\n
  k|<6>kernel_params: int "0": 0, 2 0\n
  k|<6>kernel_params: int "12": 0, 3 12\n
  k|<6>kernel_params: int "-1": 0, 3 -1\n
  k|<6>kernel_params: int "0x1f": 0, 3 31\n
  k|<6>kernel_params: int "010": 0, 2 8\n
  k|<6>kernel_params: int "256": 0, 4 256\n
  k|<6>kernel_params: int "70000": 0, 6 70000\n
  k|<6>kernel_params: int "4294967296": -34, 2 7\n
  k|<6>kernel_params: int "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: int "": -22, 2 7\n
  k|<6>kernel_params: int "1x": -22, 2 7\n
  k|<6>kernel_params: int "1\n": 0, 2 1\n
  k|<6>kernel_params: uint "0": 0, 2 0\n
  k|<6>kernel_params: uint "12": 0, 3 12\n
  k|<6>kernel_params: uint "-1": -22, 2 7\n
  k|<6>kernel_params: uint "0x1f": 0, 3 31\n
  k|<6>kernel_params: uint "010": 0, 2 8\n
  k|<6>kernel_params: uint "256": 0, 4 256\n
  k|<6>kernel_params: uint "70000": 0, 6 70000\n
  k|<6>kernel_params: uint "4294967296": -34, 2 7\n
  k|<6>kernel_params: uint "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: uint "": -22, 2 7\n
  k|<6>kernel_params: uint "1x": -22, 2 7\n
  k|<6>kernel_params: uint "1\n": 0, 2 1\n
  k|<6>kernel_params: long "0": 0, 2 0\n
  k|<6>kernel_params: long "12": 0, 3 12\n
  k|<6>kernel_params: long "-1": 0, 3 -1\n
  k|<6>kernel_params: long "0x1f": 0, 3 31\n
  k|<6>kernel_params: long "010": 0, 2 8\n
  k|<6>kernel_params: long "256": 0, 4 256\n
  k|<6>kernel_params: long "70000": 0, 6 70000\n
  k|<6>kernel_params: long "4294967296": 0, 11 4294967296\n
  k|<6>kernel_params: long "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: long "": -22, 2 7\n
  k|<6>kernel_params: long "1x": -22, 2 7\n
  k|<6>kernel_params: long "1\n": 0, 2 1\n
  k|<6>kernel_params: ulong "0": 0, 2 0\n
  k|<6>kernel_params: ulong "12": 0, 3 12\n
  k|<6>kernel_params: ulong "-1": -22, 2 7\n
  k|<6>kernel_params: ulong "0x1f": 0, 3 31\n
  k|<6>kernel_params: ulong "010": 0, 2 8\n
  k|<6>kernel_params: ulong "256": 0, 4 256\n
  k|<6>kernel_params: ulong "70000": 0, 6 70000\n
  k|<6>kernel_params: ulong "4294967296": 0, 11 4294967296\n
  k|<6>kernel_params: ulong "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: ulong "": -22, 2 7\n
  k|<6>kernel_params: ulong "1x": -22, 2 7\n
  k|<6>kernel_params: ulong "1\n": 0, 2 1\n
  k|<6>kernel_params: ullong "0": 0, 2 0\n
  k|<6>kernel_params: ullong "12": 0, 3 12\n
  k|<6>kernel_params: ullong "-1": -22, 2 7\n
  k|<6>kernel_params: ullong "0x1f": 0, 3 31\n
  k|<6>kernel_params: ullong "010": 0, 2 8\n
  k|<6>kernel_params: ullong "256": 0, 4 256\n
  k|<6>kernel_params: ullong "70000": 0, 6 70000\n
  k|<6>kernel_params: ullong "4294967296": 0, 11 4294967296\n
  k|<6>kernel_params: ullong "18446744073709551616": -34, 2 7\n
  k|<6>kernel_params: ullong "": -22, 2 7\n
  k|<6>kernel_params: ullong "1x": -22, 2 7\n
  k|<6>kernel_params: ullong "1\n": 0, 2 1\n
  k|<6>kernel_params: hexint "0": 0, 9 0x000000\n
  k|<6>kernel_params: hexint "12": 0, 9 0x00000c\n
  k|<6>kernel_params: hexint "-1": -22, 9 0x000007\n
  k|<6>kernel_params: hexint "0x1f": 0, 9 0x00001f\n
  k|<6>kernel_params: hexint "010": 0, 9 0x000008\n
  k|<6>kernel_params: hexint "256": 0, 9 0x000100\n
  k|<6>kernel_params: hexint "70000": 0, 9 0x011170\n
  k|<6>kernel_params: hexint "4294967296": -34, 9 0x000007\n
  k|<6>kernel_params: hexint "18446744073709551616": -34, 9 0x000007\n
  k|<6>kernel_params: hexint "": -22, 9 0x000007\n
  k|<6>kernel_params: hexint "1x": -22, 9 0x000007\n
  k|<6>kernel_params: hexint "1\n": 0, 9 0x000001\n
  k|<6>kernel_params: bool "1": 0, 2 Y\n
  k|<6>kernel_params: bool "n": 0, 2 N\n
  k|<6>kernel_params: bool "Yes": 0, 2 Y\n
  k|<6>kernel_params: bool "off": 0, 2 N\n
  k|<6>kernel_params: bool "maybe": -22, 2 Y\n
  k|<6>kernel_params: bool "": -22, 2 Y\n
  k|<6>kernel_params: bool NULL: 0, 2 Y\n
  k|<6>kernel_params: invbool "1": 0, 2 Y\n
  k|<6>kernel_params: invbool "n": 0, 2 N\n
  k|<6>kernel_params: invbool "Yes": 0, 2 Y\n
  k|<6>kernel_params: invbool "off": 0, 2 N\n
  k|<6>kernel_params: invbool "maybe": -22, 2 N\n
  k|<6>kernel_params: invbool "": -22, 2 N\n
  k|<6>kernel_params: invbool NULL: 0, 2 Y\n
  k|<6>kernel_params: bint "1": 0, 2 1\n
  k|<6>kernel_params: bint "n": 0, 2 0\n
  k|<6>kernel_params: bint "Yes": 0, 2 1\n
  k|<6>kernel_params: bint "off": 0, 2 0\n
  k|<6>kernel_params: bint "maybe": -22, 2 7\n
  k|<6>kernel_params: bint "": -22, 2 7\n
  k|<6>kernel_params: bint NULL: 0, 2 1\n
  k|<6>kernel_params: param_get_int(got, &p_) = 3
  k|<6>kernel_params: -5\n
  k|<6>kernel_params: param_set_charp("some text", &p) = 0
  k|<6>kernel_params: text = "some text"
  k|<6>kernel_params: param_get_charp(got, &p) = 10
  k|<6>kernel_params: some text\n
  k|<6>kernel_params: param_set_charp("another", &p) = 0
  k|<6>kernel_params: param_set_charp("", &p) = 0
  k|<6>kernel_params: text = ""
  k|<6>kernel_params: param_set_uint_minmax("5", &q, 2, 8) = 0
  k|<6>kernel_params: v = 5
  k|<6>kernel_params: param_set_uint_minmax("9", &q, 2, 8) = -22
  k|<6>kernel_params: v = 5
  k|<6>kernel_params: param_set_uint_minmax("1", &q, 2, 8) = -22
  k|<6>kernel_params: v = 5
  k|<6>kernel_params: param_set_uint_minmax("x", &q, 2, 8) = -22
  k|<6>kernel_params: v = 5
  k|<6>kernel_params: param_set_uint_minmax(NULL, &q, 2, 8) = -22
  $ rmmod kernel_params
