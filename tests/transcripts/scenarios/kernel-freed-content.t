# what is in memory that was freed: all but the pointer to the next free object
  $ insmod freed_content.ko
  k|<4>freed_content: loading out-of-tree module taints kernel.
  k|<5>freed_content: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>freed_content: kmalloc of 8: 1 words changed, the first at 0
  k|<6>freed_content: kmalloc of 16: 1 words changed, the first at 8
  k|<6>freed_content: kmalloc of 24: 1 words changed, the first at 16
  k|<6>freed_content: kmalloc of 64: 1 words changed, the first at 32
  k|<6>freed_content: kmalloc of 96: 1 words changed, the first at 48
  k|<6>freed_content: kmalloc of 100: 1 words changed, the first at 64
  k|<6>freed_content: kmalloc of 192: 1 words changed, the first at 96
  k|<6>freed_content: kmalloc of 200: 1 words changed, the first at 128
  k|<6>freed_content: kmalloc of 1000: 1 words changed, the first at 512
  k|<6>freed_content: kmalloc of 1024: 1 words changed, the first at 512
  k|<6>freed_content: kmalloc of 4096: 1 words changed, the first at 2048
  k|<6>freed_content: kmalloc of 8192: 1 words changed, the first at 4096
  k|<6>freed_content: object of 8: 1 words changed, the first at 0
  k|<6>freed_content: object freed by RCU of 8: 0 words changed, the first at 0
  k|<6>freed_content: object of 16: 1 words changed, the first at 8
  k|<6>freed_content: object freed by RCU of 16: 0 words changed, the first at 0
  k|<6>freed_content: object of 24: 1 words changed, the first at 8
  k|<6>freed_content: object freed by RCU of 24: 0 words changed, the first at 0
  k|<6>freed_content: object of 64: 1 words changed, the first at 32
  k|<6>freed_content: object freed by RCU of 64: 0 words changed, the first at 0
  k|<6>freed_content: object of 96: 1 words changed, the first at 48
  k|<6>freed_content: object freed by RCU of 96: 0 words changed, the first at 0
  k|<6>freed_content: object of 100: 1 words changed, the first at 48
  k|<6>freed_content: object freed by RCU of 100: 0 words changed, the first at 0
  k|<6>freed_content: object of 192: 1 words changed, the first at 96
  k|<6>freed_content: object freed by RCU of 192: 0 words changed, the first at 0
  k|<6>freed_content: object of 200: 1 words changed, the first at 96
  k|<6>freed_content: object freed by RCU of 200: 0 words changed, the first at 0
  k|<6>freed_content: object of 1000: 1 words changed, the first at 496
  k|<6>freed_content: object freed by RCU of 1000: 0 words changed, the first at 0
  k|<6>freed_content: object of 1024: 1 words changed, the first at 512
  k|<6>freed_content: object freed by RCU of 1024: 0 words changed, the first at 0
  k|<6>freed_content: object of 4096: 1 words changed, the first at 2048
  k|<6>freed_content: object freed by RCU of 4096: 0 words changed, the first at 0
  k|<6>freed_content: object of 8192: 1 words changed, the first at 4096
  k|<6>freed_content: object freed by RCU of 8192: 0 words changed, the first at 0
  $ rmmod freed_content
