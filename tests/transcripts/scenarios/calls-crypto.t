# algorithms are registered, and one is used: crypto/algapi.c, crypto/shash.c
  $ insmod calls/crypto_calls.ko
  k|<4>crypto_calls: loading out-of-tree module taints kernel.
  k|<5>crypto_calls: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>alg: No test for calls-sum (calls-sum-calls)
  k|<6>crypto_calls: crypto_register_shash(&sum) = 0
  k|<6>crypto_calls: crypto_register_shash(&sum) = -17
  k|<6>alg: No test for calls-sum1 (calls-sum1-calls)
  k|<6>alg: No test for calls-sum2 (calls-sum2-calls)
  k|<6>crypto_calls: crypto_register_shashes(sums, 2) = 0
  k|<6>crypto_calls: IS_ERR(t) = 1
  k|<6>crypto_calls: PTR_ERR(t) = -2
  k|<6>crypto_calls: crypto_unregister_shashes(sums, 2)
  k|<6>crypto_calls: crypto_unregister_shash(&sum)
  k|<6>alg: No test for calls-hash (calls-hash-calls)
  k|<6>crypto_calls: crypto_register_ahash(&hash) = 0
  k|<6>alg: No test for calls-hash1 (calls-hash1-calls)
  k|<6>alg: No test for calls-hash2 (calls-hash2-calls)
  k|<6>crypto_calls: crypto_register_ahashes(hashes, 2) = 0
  k|<6>crypto_calls: crypto_unregister_ahashes(hashes, 2)
  k|<6>crypto_calls: crypto_unregister_ahash(&hash)
  k|<6>alg: No test for calls-cipher (calls-cipher-calls)
  k|<6>crypto_calls: crypto_register_skcipher(&cipher) = 0
  k|<6>alg: No test for calls-cipher1 (calls-cipher1-calls)
  k|<6>alg: No test for calls-cipher2 (calls-cipher2-calls)
  k|<6>crypto_calls: crypto_register_skciphers(ciphers, 2) = 0
  k|<6>crypto_calls: crypto_unregister_skciphers(ciphers, 2)
  k|<6>crypto_calls: crypto_unregister_skcipher(&cipher)
  k|<6>alg: No test for calls-aead (calls-aead-calls)
  k|<6>crypto_calls: crypto_register_aead(&aead) = 0
  k|<6>alg: No test for calls-aead1 (calls-aead1-calls)
  k|<6>alg: No test for calls-aead2 (calls-aead2-calls)
  k|<6>crypto_calls: crypto_register_aeads(aeads, 2) = 0
  k|<6>crypto_calls: crypto_unregister_aeads(aeads, 2)
  k|<6>crypto_calls: crypto_unregister_aead(&aead)
  k|<6>alg: No test for calls-rng (calls-rng-calls)
  k|<6>crypto_calls: crypto_register_rng(&rng) = 0
  k|<6>alg: No test for calls-rng1 (calls-rng1-calls)
  k|<6>alg: No test for calls-rng2 (calls-rng2-calls)
  k|<6>crypto_calls: crypto_register_rngs(rngs, 2) = 0
  k|<6>crypto_calls: crypto_unregister_rngs(rngs, 2)
  k|<6>crypto_calls: crypto_unregister_rng(&rng)
  k|<6>alg: No test for calls-plain (calls-plain-calls)
  k|<6>crypto_calls: crypto_register_alg(&plain) = 0
  k|<6>crypto_calls: crypto_register_alg(&plain) = -17
  k|<6>alg: No test for calls-plain1 (calls-plain1-calls)
  k|<6>alg: No test for calls-plain2 (calls-plain2-calls)
  k|<6>crypto_calls: crypto_register_algs(plains, 2) = 0
  k|<6>crypto_calls: crypto_unregister_algs(plains, 2)
  k|<6>crypto_calls: crypto_unregister_alg(&plain)
  k|<6>crypto_calls: crypto_register_template(&template) = 0
  k|<6>crypto_calls: crypto_register_template(&template) = -17
  k|<6>crypto_calls: crypto_register_templates(templates, 2) = 0
  k|<6>crypto_calls: crypto_unregister_templates(templates, 2)
  k|<6>crypto_calls: crypto_unregister_template(&template)
  k|<6>alg: No test for calls-acomp (calls-acomp-calls)
  k|<6>crypto_calls: crypto_register_acomp(&acomp) = 0
  k|<6>crypto_calls: crypto_unregister_acomp(&acomp)
  k|<6>alg: No test for calls-scomp (calls-scomp-calls)
  k|<6>crypto_calls: crypto_register_scomp(&scomp) = 0
  k|<6>crypto_calls: crypto_unregister_scomp(&scomp)
  k|<6>alg: No test for calls-kpp (calls-kpp-calls)
  k|<6>crypto_calls: crypto_register_kpp(&kpp) = 0
  k|<6>crypto_calls: crypto_unregister_kpp(&kpp)
  k|<6>alg: No test for calls-akcipher (calls-akcipher-calls)
  k|<6>crypto_calls: crypto_register_akcipher(&akcipher) = 0
  k|<6>crypto_calls: crypto_unregister_akcipher(&akcipher)
  k|<6>crypto_calls: queue.max_qlen = 5
  k|<6>crypto_calls: queue.qlen = 0
  $ rmmod crypto_calls
