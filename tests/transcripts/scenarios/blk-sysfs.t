# what /sys and /proc tell of disks that a module makes
  $ insmod blk_mod.ko
  k|<4>blk_mod: loading out-of-tree module taints kernel.
  k|<5>blk_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>blk_mod: major 254
  k|<6>blk_mod: tags: 0
  k|<6>blk_mod: add_disk: 0, 8 sectors, devt 254:0
  k|<6>blk_mod: add_disk: 0
  $ ls /sys/block /sys/class/block
  /sys/block:
  biodisk
  mqdisk
  
  /sys/class/block:
  biodisk
  mqdisk
  $ ls -l /sys/block/mqdisk /sys/class/block/mqdisk | sed 's/.*-> //'
  ../devices/virtual/block/mqdisk
  ../../devices/virtual/block/mqdisk
  $ ls /sys/block/biodisk | grep -v -e bdi -e integrity -e trace
  alignment_offset
  capability
  dev
  discard_alignment
  diskseq
  events
  events_async
  events_poll_msecs
  ext_range
  hidden
  holders
  inflight
  power
  queue
  range
  removable
  ro
  size
  slaves
  stat
  subsystem
  uevent
  $ ls /sys/block/mqdisk/queue | grep -v iosched
  add_random
  chunk_sectors
  dax
  discard_granularity
  discard_max_bytes
  discard_max_hw_bytes
  discard_zeroes_data
  dma_alignment
  fua
  hw_sector_size
  io_poll
  io_poll_delay
  iostats
  logical_block_size
  max_discard_segments
  max_hw_sectors_kb
  max_integrity_segments
  max_sectors_kb
  max_segment_size
  max_segments
  minimum_io_size
  nomerges
  nr_requests
  nr_zones
  optimal_io_size
  physical_block_size
  read_ahead_kb
  rotational
  rq_affinity
  scheduler
  stable_writes
  virt_boundary_mask
  wbt_lat_usec
  write_cache
  write_same_max_bytes
  write_zeroes_max_bytes
  zone_append_max_bytes
  zone_write_granularity
  zoned
  $ cd /sys/block/mqdisk; for f in alignment_offset capability dev diskseq discard_alignment events events_async events_poll_msecs ext_range hidden inflight range removable ro size stat uevent; do echo "$f: $(cat $f)"; done
  alignment_offset: 0
  capability: 4
  dev: 254:0
  diskseq: 1
  discard_alignment: 0
  events: 
  events_async: 
  events_poll_msecs: -1
  ext_range: 1
  hidden: 0
  inflight:        0        0
  range: 1
  removable: 0
  ro: 0
  size: 8
  stat:        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0
  uevent: MAJOR=254
  MINOR=0
  DEVNAME=mqdisk
  DEVTYPE=disk
  DISKSEQ=1
  $ cd /sys/block/biodisk; for f in alignment_offset capability dev diskseq discard_alignment events events_async events_poll_msecs ext_range hidden inflight range removable ro size stat uevent; do echo "$f: $(cat $f)"; done
  alignment_offset: 0
  capability: 4
  dev: 254:1
  diskseq: 2
  discard_alignment: 0
  events: 
  events_async: 
  events_poll_msecs: -1
  ext_range: 1
  hidden: 0
  inflight:        0        0
  range: 1
  removable: 0
  ro: 0
  size: 8
  stat:        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0        0
  uevent: MAJOR=254
  MINOR=1
  DEVNAME=biodisk
  DEVTYPE=disk
  DISKSEQ=2
  $ cd /sys/block/mqdisk/queue; for f in *; do [ -f $f ] && echo "$f: $(cat $f 2>&1)"; done
  add_random: 0
  chunk_sectors: 0
  dax: 0
  discard_granularity: 0
  discard_max_bytes: 0
  discard_max_hw_bytes: 0
  discard_zeroes_data: 0
  dma_alignment: 511
  fua: 0
  hw_sector_size: 512
  io_poll: 0
  io_poll_delay: -1
  iostats: 1
  logical_block_size: 512
  max_discard_segments: 1
  max_hw_sectors_kb: 127
  max_integrity_segments: 0
  max_sectors_kb: 127
  max_segment_size: 65536
  max_segments: 128
  minimum_io_size: 512
  nomerges: 0
  nr_requests: 32
  nr_zones: 0
  optimal_io_size: 0
  physical_block_size: 512
  read_ahead_kb: 128
  rotational: 1
  rq_affinity: 1
  scheduler: [mq-deadline] none
  stable_writes: 0
  virt_boundary_mask: 0
  wbt_lat_usec: 75000
  write_cache: write through
  write_same_max_bytes: 0
  write_zeroes_max_bytes: 0
  zone_append_max_bytes: 0
  zone_write_granularity: 0
  zoned: none
  $ cd /sys/block/biodisk/queue; for f in *; do [ -f $f ] && echo "$f: $(cat $f 2>&1)"; done
  add_random: 0
  chunk_sectors: 0
  dax: 0
  discard_granularity: 0
  discard_max_bytes: 0
  discard_max_hw_bytes: 0
  discard_zeroes_data: 0
  dma_alignment: 511
  fua: 0
  hw_sector_size: 512
  io_poll: 0
  io_poll_delay: 0
  iostats: 0
  logical_block_size: 512
  max_discard_segments: 1
  max_hw_sectors_kb: 127
  max_integrity_segments: 0
  max_sectors_kb: 127
  max_segment_size: 65536
  max_segments: 128
  minimum_io_size: 4096
  nomerges: 0
  nr_requests: 128
  nr_zones: 0
  optimal_io_size: 0
  physical_block_size: 4096
  read_ahead_kb: 128
  rotational: 1
  rq_affinity: 0
  scheduler: none
  stable_writes: 0
  virt_boundary_mask: 0
  wbt_lat_usec: cat: read error: Invalid argument
  write_cache: write through
  write_same_max_bytes: 0
  write_zeroes_max_bytes: 0
  zone_append_max_bytes: 0
  zone_write_granularity: 0
  zoned: none
  $ cat /proc/diskstats
   254       0 mqdisk 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
   254       1 biodisk 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
  $ rmmod blk_mod
  k|<6>blk_mod: ........ ........
  $ ls /sys/block
  $ insmod blk_mod.ko sectors=64 loud=0
  k|<6>blk_mod: major 254
  k|<6>blk_mod: tags: 0
  k|<6>blk_mod: add_disk: 0, 64 sectors, devt 254:0
  k|<6>blk_mod: add_disk: 0
  $ cat /sys/block/mqdisk/size /sys/block/mqdisk/diskseq /sys/class/block/biodisk/queue/scheduler
  64
  3
  none
  $ cat /sys/block/mqdisk/uevent
  MAJOR=254
  MINOR=0
  DEVNAME=mqdisk
  DEVTYPE=disk
  DISKSEQ=3
