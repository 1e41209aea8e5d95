# algorithms are registered, and one is used: crypto/algapi.c, crypto/shash.c
  $ insmod calls/crypto_calls.ko
  k|<4>crypto_calls: loading out-of-tree module taints kernel.
  k|<5>crypto_calls: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>crypto_calls: crypto_register_shash(&sum) = 0
  k|<6>crypto_calls: crypto_register_shash(&same) = 0
  k|<6>crypto_calls: crypto_register_shashes(sums, 2) = 0
  k|<6>crypto_calls: IS_ERR(t) = 0
  k|<6>crypto_calls: crypto_shash_digestsize(t) = 4
  k|<6>crypto_calls: crypto_shash_init(d) = 0
  k|<6>crypto_calls: crypto_shash_update(d, "abc", 3) = 0
  k|<6>crypto_calls: crypto_shash_update(d, "", 0) = 0
  k|<6>crypto_calls: crypto_shash_final(d, out) = 0
  k|<6>crypto_calls: 26010000
  k|<6>crypto_calls: crypto_unregister_shashes(sums, 2)
  k|<6>crypto_calls: crypto_unregister_shash(&sum)
  k|<6>crypto_calls: crypto_register_ahash(&hash) = 0
  k|<6>crypto_calls: crypto_register_ahashes(hashes, 2) = 0
  k|<6>crypto_calls: crypto_unregister_ahashes(hashes, 2)
  k|<6>crypto_calls: crypto_unregister_ahash(&hash)
  k|<6>crypto_calls: crypto_register_skcipher(&cipher) = 0
  k|<6>crypto_calls: crypto_register_skciphers(ciphers, 2) = 0
  k|<6>crypto_calls: crypto_unregister_skciphers(ciphers, 2)
  k|<6>crypto_calls: crypto_unregister_skcipher(&cipher)
  k|<6>crypto_calls: crypto_register_aead(&aead) = 0
  k|<6>crypto_calls: crypto_register_aeads(aeads, 2) = 0
  k|<6>crypto_calls: crypto_unregister_aeads(aeads, 2)
  k|<6>crypto_calls: crypto_unregister_aead(&aead)
  k|<6>crypto_calls: crypto_register_rng(&rng) = 0
  k|<6>crypto_calls: crypto_register_rngs(rngs, 2) = 0
  k|<6>crypto_calls: crypto_unregister_rngs(rngs, 2)
  k|<6>crypto_calls: crypto_unregister_rng(&rng)
  k|<6>crypto_calls: crypto_register_alg(&plain) = 0
  k|<6>crypto_calls: crypto_register_alg(&plain_again) = 0
  k|<6>crypto_calls: crypto_register_algs(plains, 2) = 0
  k|<6>crypto_calls: crypto_unregister_algs(plains, 2)
  k|<6>crypto_calls: crypto_unregister_alg(&plain)
  k|<6>crypto_calls: crypto_register_template(&template) = 0
  k|<6>crypto_calls: crypto_register_template(&template) = -17
  k|<6>crypto_calls: crypto_register_templates(templates, 2) = 0
  k|<6>crypto_calls: crypto_unregister_templates(templates, 2)
  k|<6>crypto_calls: crypto_unregister_template(&template)
  k|<6>crypto_calls: crypto_register_acomp(&acomp) = 0
  k|<6>crypto_calls: crypto_unregister_acomp(&acomp)
  k|<6>crypto_calls: crypto_register_scomp(&scomp) = 0
  k|<6>crypto_calls: crypto_unregister_scomp(&scomp)
  k|<6>crypto_calls: crypto_register_kpp(&kpp) = 0
  k|<6>crypto_calls: crypto_unregister_kpp(&kpp)
  k|<6>crypto_calls: crypto_register_akcipher(&akcipher) = 0
  k|<6>crypto_calls: crypto_unregister_akcipher(&akcipher)
  k|<6>crypto_calls: queue.max_qlen = 5
  k|<6>crypto_calls: queue.qlen = 0
  $ rmmod crypto_calls
