# who is told of modules that come, live and go, and that one may refuse them
  $ insmod watcher.ko
  k|<4>watcher: loading out-of-tree module taints kernel.
  k|<5>watcher: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>watcher: my state is 1
  k|<6>watcher: registering gives 0
  k|<6>watcher: registering gives 0
  k|<6>watcher: registering gives 0
  k|<6>watcher: somebody is live
  k|<6>watcher: watcher is live, its state is 0, it has 1 references
  k|<6>watcher: and so says the one behind
  $ insmod hello_export.ko
  k|<6>watcher: somebody is coming
  k|<6>watcher: hello_export is coming, its state is 1, it has 1 references
  k|<6>watcher: and so says the one behind
  k|<6>Hello,world
  k|<6>watcher: somebody is live
  k|<6>watcher: hello_export is live, its state is 0, it has 1 references
  k|<6>watcher: and so says the one behind
  $ insmod hello_use_export.ko
  k|<6>watcher: somebody is coming
  k|<6>watcher: hello_use_export is coming, its state is 1, it has 1 references
  k|<6>watcher: and so says the one behind
  k|<6>hello world 0
  k|<6>Hello from another module
  k|<6>watcher: somebody is live
  k|<6>watcher: hello_use_export is live, its state is 0, it has 1 references
  k|<6>watcher: and so says the one behind
  $ rmmod hello_use_export hello_export
  k|<6>Bye world
  k|<6>watcher: somebody is going
  k|<6>watcher: hello_use_export is going, its state is 2, it has -1 references
  k|<6>watcher: and so says the one behind
  k|<6>Bye bye
  k|<6>watcher: somebody is going
  k|<6>watcher: hello_export is going, its state is 2, it has -1 references
  k|<6>watcher: and so says the one behind
  $ insmod fail_enodev.ko
  2| insmod: ERROR: could not insert module fail_enodev.ko: No such device
  k|<6>watcher: somebody is coming
  k|<6>watcher: fail_enodev is coming, its state is 1, it has 1 references
  k|<6>watcher: and so says the one behind
  k|<6>fail_enodev: init returns -ENODEV
  k|<6>watcher: somebody is going
  k|<6>watcher: fail_enodev is going, its state is 2, it has 0 references
  k|<6>watcher: and so says the one behind
  [1]
  $ insmod params_all.ko p_int=nonsense
  2| insmod: ERROR: could not insert module params_all.ko: Invalid parameters
  k|<6>watcher: somebody is coming
  k|<6>watcher: params_all is coming, its state is 1, it has 1 references
  k|<6>watcher: and so says the one behind
  k|<3>params_all: `nonsense' invalid for parameter `p_int'
  k|<6>watcher: somebody is going
  k|<6>watcher: params_all is going, its state is 2, it has 1 references
  k|<6>watcher: and so says the one behind
  [1]
  $ echo -n busy > /sys/module/watcher/parameters/refuse
  $ insmod busy.ko
  2| insmod: ERROR: could not insert module busy.ko: Operation not permitted
  k|<6>watcher: somebody is coming
  k|<6>watcher: busy is coming, its state is 1, it has 1 references
  k|<6>watcher: somebody is going
  [1]
  $ lsmod
  Module                  Size  Used by
  watcher                16384  0
  $ insmod fail_positive.ko
  k|<6>watcher: somebody is coming
  k|<6>watcher: fail_positive is coming, its state is 1, it has 1 references
  k|<6>watcher: and so says the one behind
  k|<6>fail_positive: init returns 1
  k|<4>do_init_module: 'fail_positive'->init suspiciously returned 1, it should follow 0/-E convention
  k|<4>do_init_module: loading module anyway...
  k|<...>
  k|<6>watcher: somebody is live
  k|<6>watcher: fail_positive is live, its state is 0, it has 1 references
  k|<6>watcher: and so says the one behind
  $ rmmod watcher
  k|<6>watcher: unregistering gives 0
  k|<6>watcher: unregistering gives 0
  k|<6>watcher: unregistering gives 0
  k|<6>watcher: once more gives -2, my state is 2
  $ rmmod fail_positive
  k|<6>fail_positive: exit
