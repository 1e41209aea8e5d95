# hashes and ciphers of the kernel's own: one call, piece by piece, asynchronously
  $ insmod crypto_mod.ko
  k|<4>crypto_mod: loading out-of-tree module taints kernel.
  k|<5>crypto_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>crypto_mod: md5: md5-generic, digest 16, block 64, flags 0
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = 0
  k|<6>crypto_mod: 5d41402abc4b2a76b9719d911017c592
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = 0
  k|<6>crypto_mod: d41d8cd98f00b204e9800998ecf8427e
  k|<6>crypto_mod: crypto_shash_init(desc) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "hel", 3) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "lo", 2) = 0
  k|<6>crypto_mod: crypto_shash_export(desc, state) = 0
  k|<6>crypto_mod: crypto_shash_import(other, state) = 0
  k|<6>crypto_mod: crypto_shash_final(desc, out) = 0
  k|<6>crypto_mod: 5d41402abc4b2a76b9719d911017c592
  k|<6>crypto_mod: crypto_shash_finup(other, "", 0, out) = 0
  k|<6>crypto_mod: 5d41402abc4b2a76b9719d911017c592
  k|<6>crypto_mod: sha1: sha1-generic, digest 20, block 64, flags 0
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = 0
  k|<6>crypto_mod: aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = 0
  k|<6>crypto_mod: da39a3ee5e6b4b0d3255bfef95601890afd80709
  k|<6>crypto_mod: crypto_shash_init(desc) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "hel", 3) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "lo", 2) = 0
  k|<6>crypto_mod: crypto_shash_export(desc, state) = 0
  k|<6>crypto_mod: crypto_shash_import(other, state) = 0
  k|<6>crypto_mod: crypto_shash_final(desc, out) = 0
  k|<6>crypto_mod: aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d
  k|<6>crypto_mod: crypto_shash_finup(other, "", 0, out) = 0
  k|<6>crypto_mod: aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d
  k|<6>crypto_mod: sha256: sha256-generic, digest 32, block 64, flags 0
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = 0
  k|<6>crypto_mod: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = 0
  k|<6>crypto_mod: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  k|<6>crypto_mod: crypto_shash_init(desc) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "hel", 3) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "lo", 2) = 0
  k|<6>crypto_mod: crypto_shash_export(desc, state) = 0
  k|<6>crypto_mod: crypto_shash_import(other, state) = 0
  k|<6>crypto_mod: crypto_shash_final(desc, out) = 0
  k|<6>crypto_mod: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
  k|<6>crypto_mod: crypto_shash_finup(other, "", 0, out) = 0
  k|<6>crypto_mod: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
  k|<6>crypto_mod: sha224-generic: sha224-generic, digest 28, block 64, flags 0
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = 0
  k|<6>crypto_mod: ea09ae9cc6768c50fcee903ed054556e5bfc8347907f12598aa24193
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = 0
  k|<6>crypto_mod: d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f
  k|<6>crypto_mod: crypto_shash_init(desc) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "hel", 3) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "lo", 2) = 0
  k|<6>crypto_mod: crypto_shash_export(desc, state) = 0
  k|<6>crypto_mod: crypto_shash_import(other, state) = 0
  k|<6>crypto_mod: crypto_shash_final(desc, out) = 0
  k|<6>crypto_mod: ea09ae9cc6768c50fcee903ed054556e5bfc8347907f12598aa24193
  k|<6>crypto_mod: crypto_shash_finup(other, "", 0, out) = 0
  k|<6>crypto_mod: ea09ae9cc6768c50fcee903ed054556e5bfc8347907f12598aa24193
  k|<6>crypto_mod: hmac(sha256): hmac(sha256-generic), digest 32, block 64, flags 1
  k|<6>crypto_mod: key: 0
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = 0
  k|<6>crypto_mod: b9677641494655d6d916d5660ec467a5bf08404cd008278fd0cb397bc697cf60
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = 0
  k|<6>crypto_mod: b42577ed528db0b7204b16233ef76b3166529951b36fb5b083df4ad85f4ae58b
  k|<6>crypto_mod: crypto_shash_init(desc) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "hel", 3) = 0
  k|<6>crypto_mod: crypto_shash_update(desc, "lo", 2) = 0
  k|<6>crypto_mod: crypto_shash_export(desc, state) = 0
  k|<6>crypto_mod: crypto_shash_import(other, state) = 0
  k|<6>crypto_mod: crypto_shash_final(desc, out) = 0
  k|<6>crypto_mod: b9677641494655d6d916d5660ec467a5bf08404cd008278fd0cb397bc697cf60
  k|<6>crypto_mod: crypto_shash_finup(other, "", 0, out) = 0
  k|<6>crypto_mod: b9677641494655d6d916d5660ec467a5bf08404cd008278fd0cb397bc697cf60
  k|<6>crypto_mod: hmac(md5): hmac(md5-generic), digest 16, block 64, flags 1
  k|<6>crypto_mod: crypto_shash_digest(desc, "hello", 5, out) = -126
  k|<6>crypto_mod: 00000000000000000000000000000000
  k|<6>crypto_mod: crypto_shash_tfm_digest(tfm, "", 0, out) = -126
  k|<6>crypto_mod: 00000000000000000000000000000000
  k|<6>crypto_mod: no-such-hash: -2
  k|<6>crypto_mod: cbc(aes): -2
  k|<6>crypto_mod: crypto_wait_req(crypto_ahash_digest(req), &wait) = 0
  k|<6>crypto_mod: sha256-generic: b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9
  k|<6>crypto_mod: crypto_ahash_init(req) = 0
  k|<6>crypto_mod: crypto_ahash_update(req) = 0
  k|<6>crypto_mod: crypto_ahash_final(req) = 0
  k|<6>crypto_mod: b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9
  k|<6>crypto_mod: crypto_ahash_init(req) = 0
  k|<6>crypto_mod: crypto_ahash_finup(req) = 0
  k|<6>crypto_mod: b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9
  k|<6>crypto_mod: crypto_wait_req(-EINPROGRESS, &wait) = -74
  k|<6>crypto_mod: crypto_ahash_setkey(tfm, "key", 3) = -38
  k|<6>crypto_mod: ahash no-such-hash: -2
  k|<6>crypto_mod: cbc(aes): cbc(aes-generic), iv 16, block 16
  k|<6>crypto_mod: crypto_skcipher_setkey(tfm, key, keysize) = 0
  k|<6>crypto_mod: encrypt 0: 3a87ed2e036a864bb30bfe1b3ca707dc24a9c4862b88bbd5fb6a88a49d2f2a04, iv 24a9c4862b88bbd5fb6a88a49d2f2a04
  k|<6>crypto_mod: crypto_wait_req(crypto_skcipher_decrypt(req), &wait) = 0
  k|<6>crypto_mod: 61207365637265742074686174206e6f626f6479206d75737420726561640000
  k|<6>crypto_mod: key of 5 bytes: -22
  k|<6>crypto_mod: cbc(aes): cbc(aes-generic), iv 16, block 16
  k|<6>crypto_mod: crypto_skcipher_setkey(tfm, key, keysize) = 0
  k|<6>crypto_mod: encrypt 0: e7b42110276f97011c32742ba7a9393fde347b5a74054e52d657809d1ed40d515c099743b7693ecfe5893a873d0c0e69, iv 5c099743b7693ecfe5893a873d0c0e69
  k|<6>crypto_mod: crypto_wait_req(crypto_skcipher_decrypt(req), &wait) = 0
  k|<6>crypto_mod: 61207365637265742074686174206e6f626f6479206d7573742072656164000000000000000000000000000000000000
  k|<6>crypto_mod: key of 5 bytes: -22
  k|<6>crypto_mod: cbc(aes): cbc(aes-generic), iv 16, block 16
  k|<6>crypto_mod: crypto_skcipher_setkey(tfm, key, keysize) = 0
  k|<6>crypto_mod: encrypt -22: 3a87ed2e036a864bb30bfe1b3ca707dc626f6479206d7573742072656164, iv 3a87ed2e036a864bb30bfe1b3ca707dc
  k|<6>crypto_mod: crypto_wait_req(crypto_skcipher_decrypt(req), &wait) = -22
  k|<6>crypto_mod: 61207365637265742074686174206e6f626f6479206d7573742072656164
  k|<6>crypto_mod: key of 5 bytes: -22
  k|<6>crypto_mod: sha256: -2
  k|<6>crypto_mod: no-such-cipher: -2
  $ rmmod crypto_mod
