# addresses of IPv4 as text, and nodes and rights that are asked for
  $ insmod calls/net_texts.ko
  k|<4>net_texts: loading out-of-tree module taints kernel.
  k|<5>net_texts: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>net_texts: "127.0.0.1" -1: 1 127.0.0.1 9
  k|<6>net_texts: "127.0.0.1" 0: 1 127.0.0.1 9
  k|<6>net_texts: "127.0.0.1" 47: 1 127.0.0.1 9
  k|<6>net_texts: "127.0.0.1" 32: 1 127.0.0.1 9
  k|<6>net_texts: "1.2.3.4" -1: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4" 0: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4" 47: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4" 32: 1 1.2.3.4 7
  k|<6>net_texts: "255.255.255.255" -1: 1 255.255.255.255 15
  k|<6>net_texts: "255.255.255.255" 0: 1 255.255.255.255 15
  k|<6>net_texts: "255.255.255.255" 47: 1 255.255.255.255 15
  k|<6>net_texts: "255.255.255.255" 32: 1 255.255.255.255 15
  k|<6>net_texts: "256.0.0.1" -1: 0 255.255.255.255 2
  k|<6>net_texts: "256.0.0.1" 0: 0 255.255.255.255 2
  k|<6>net_texts: "256.0.0.1" 47: 0 255.255.255.255 2
  k|<6>net_texts: "256.0.0.1" 32: 0 255.255.255.255 2
  k|<6>net_texts: "1.2.3" -1: 0 255.255.255.255 5
  k|<6>net_texts: "1.2.3" 0: 0 255.255.255.255 5
  k|<6>net_texts: "1.2.3" 47: 0 255.255.255.255 5
  k|<6>net_texts: "1.2.3" 32: 0 255.255.255.255 5
  k|<6>net_texts: "1.2.3.4.5" -1: 0 255.255.255.255 7
  k|<6>net_texts: "1.2.3.4.5" 0: 0 255.255.255.255 7
  k|<6>net_texts: "1.2.3.4.5" 47: 0 255.255.255.255 7
  k|<6>net_texts: "1.2.3.4.5" 32: 0 255.255.255.255 7
  k|<6>net_texts: "1.2.3.4:80" -1: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4:80" 0: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4:80" 47: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4:80" 32: 1 1.2.3.4 7
  k|<6>net_texts: "1..2.3" -1: 0 1.2.3.4 2
  k|<6>net_texts: "1..2.3" 0: 0 1.2.3.4 2
  k|<6>net_texts: "1..2.3" 47: 0 1.2.3.4 2
  k|<6>net_texts: "1..2.3" 32: 0 1.2.3.4 2
  k|<6>net_texts: ".1.2.3" -1: 0 1.2.3.4 0
  k|<6>net_texts: ".1.2.3" 0: 0 1.2.3.4 0
  k|<6>net_texts: ".1.2.3" 47: 0 1.2.3.4 0
  k|<6>net_texts: ".1.2.3" 32: 0 1.2.3.4 0
  k|<6>net_texts: "" -1: 0 1.2.3.4 0
  k|<6>net_texts: "" 0: 0 1.2.3.4 0
  k|<6>net_texts: "" 47: 0 1.2.3.4 0
  k|<6>net_texts: "" 32: 0 1.2.3.4 0
  k|<6>net_texts: "a.b.c.d" -1: 0 1.2.3.4 0
  k|<6>net_texts: "a.b.c.d" 0: 0 1.2.3.4 0
  k|<6>net_texts: "a.b.c.d" 47: 0 1.2.3.4 0
  k|<6>net_texts: "a.b.c.d" 32: 0 1.2.3.4 0
  k|<6>net_texts: "001.02.3.04" -1: 1 1.2.3.4 11
  k|<6>net_texts: "001.02.3.04" 0: 1 1.2.3.4 11
  k|<6>net_texts: "001.02.3.04" 47: 1 1.2.3.4 11
  k|<6>net_texts: "001.02.3.04" 32: 1 1.2.3.4 11
  k|<6>net_texts: "1.2.3.4/8" -1: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4/8" 0: 0 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4/8" 47: 1 1.2.3.4 7
  k|<6>net_texts: "1.2.3.4/8" 32: 0 1.2.3.4 7
  k|<6>net_texts: " 1.2.3.4" -1: 0 1.2.3.4 0
  k|<6>net_texts: " 1.2.3.4" 0: 0 1.2.3.4 0
  k|<6>net_texts: " 1.2.3.4" 47: 0 1.2.3.4 0
  k|<6>net_texts: " 1.2.3.4" 32: 0 1.2.3.4 0
  k|<6>net_texts: "0.0.0.0" -1: 1 0.0.0.0 7
  k|<6>net_texts: "0.0.0.0" 0: 1 0.0.0.0 7
  k|<6>net_texts: "0.0.0.0" 47: 1 0.0.0.0 7
  k|<6>net_texts: "0.0.0.0" 32: 1 0.0.0.0 7
  k|<6>net_texts: "1.2.3." -1: 0 0.0.0.0 6
  k|<6>net_texts: "1.2.3." 0: 0 0.0.0.0 6
  k|<6>net_texts: "1.2.3." 47: 0 0.0.0.0 6
  k|<6>net_texts: "1.2.3." 32: 0 0.0.0.0 6
  k|<6>net_texts: "10.0.0.1 x" -1: 1 10.0.0.1 8
  k|<6>net_texts: "10.0.0.1 x" 0: 0 10.0.0.1 8
  k|<6>net_texts: "10.0.0.1 x" 47: 0 10.0.0.1 8
  k|<6>net_texts: "10.0.0.1 x" 32: 1 10.0.0.1 8
  k|<6>net_texts: in4_pton("1.2.3.45", 7, a, -1, &end) = 1
  k|<6>net_texts: 1.2.3.4
  k|<6>net_texts: in4_pton("1.2.3.4", 5, a, -1, NULL) = 0
  k|<6>net_texts: is_acpi_device_node(NULL) = 0
  k|<6>net_texts: is_acpi_device_node(&none) = 0
  k|<6>net_texts: is_acpi_device_node(ERR_PTR(-ENODEV)) = 0
  k|<6>net_texts: is_acpi_data_node(NULL) = 0
  k|<6>net_texts: is_acpi_data_node(&none) = 0
  k|<6>net_texts: ns_capable(&init_user_ns, CAP_NET_ADMIN) = 1
  k|<6>net_texts: ns_capable(&init_user_ns, CAP_SYS_RAWIO) = 1
  $ rmmod net_texts
