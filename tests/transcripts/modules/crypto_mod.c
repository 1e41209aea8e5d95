/* Hashes and ciphers as drivers use them: one call, piece by piece, asynchronously. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
MODULE_LICENSE("GPL");
#define INT(call) pr_info("%s = %d\n", #call, (int)(call))
static int more;
module_param(more, int, 0444);

static void shash(const char *name, const char *key)
{
	struct crypto_shash *tfm = crypto_alloc_shash(name, 0, 0);
	u8 out[64], state[512];

	if (IS_ERR(tfm)) {
		pr_info("%s: %ld\n", name, PTR_ERR(tfm));
		return;
	}
	pr_info("%s: %s, digest %u, block %u, flags %x\n", name, crypto_shash_driver_name(tfm), crypto_shash_digestsize(tfm), crypto_shash_blocksize(tfm), crypto_shash_get_flags(tfm));
	if (key)
		pr_info("key: %d\n", crypto_shash_setkey(tfm, key, strlen(key)));
	{
		SHASH_DESC_ON_STACK(desc, tfm);
		SHASH_DESC_ON_STACK(other, tfm);

		desc->tfm = tfm;
		memset(out, 0, sizeof(out));
		INT(crypto_shash_digest(desc, "hello", 5, out));
		pr_info("%*phN\n", crypto_shash_digestsize(tfm), out);
		INT(crypto_shash_tfm_digest(tfm, "", 0, out));
		pr_info("%*phN\n", crypto_shash_digestsize(tfm), out);
		if (crypto_shash_get_flags(tfm) & CRYPTO_TFM_NEED_KEY)
			goto out;
		INT(crypto_shash_init(desc));
		INT(crypto_shash_update(desc, "hel", 3));
		INT(crypto_shash_update(desc, "lo", 2));
		other->tfm = tfm;
		INT(crypto_shash_export(desc, state));
		INT(crypto_shash_import(other, state));
		INT(crypto_shash_final(desc, out));
		pr_info("%*phN\n", crypto_shash_digestsize(tfm), out);
		INT(crypto_shash_finup(other, "", 0, out));
		pr_info("%*phN\n", crypto_shash_digestsize(tfm), out);
	}
out:
	crypto_free_shash(tfm);
}
static void ahash(const char *name)
{
	struct crypto_ahash *tfm = crypto_alloc_ahash(name, 0, 0);
	struct ahash_request *req;
	struct scatterlist sg[2];
	DECLARE_CRYPTO_WAIT(wait);
	char *data, out[64];

	if (IS_ERR(tfm)) {
		pr_info("ahash %s: %ld\n", name, PTR_ERR(tfm));
		return;
	}
	req = ahash_request_alloc(tfm, GFP_KERNEL);
	data = kstrdup("hello world", GFP_KERNEL);
	sg_init_table(sg, 2);
	sg_set_buf(&sg[0], data, 6);
	sg_set_buf(&sg[1], data + 6, 5);
	ahash_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG, crypto_req_done, &wait);
	ahash_request_set_crypt(req, sg, out, 11);
	INT(crypto_wait_req(crypto_ahash_digest(req), &wait));
	pr_info("%s: %*phN\n", crypto_ahash_driver_name(tfm), crypto_ahash_digestsize(tfm), out);
	INT(crypto_ahash_init(req));
	INT(crypto_ahash_update(req));
	INT(crypto_ahash_final(req));
	pr_info("%*phN\n", crypto_ahash_digestsize(tfm), out);
	INT(crypto_ahash_init(req));
	INT(crypto_ahash_finup(req));
	pr_info("%*phN\n", crypto_ahash_digestsize(tfm), out);
	crypto_req_done(&req->base, -EINPROGRESS);
	crypto_req_done(&req->base, -EBADMSG);
	INT(crypto_wait_req(-EINPROGRESS, &wait));
	INT(crypto_ahash_setkey(tfm, "key", 3));
	ahash_request_free(req);
	crypto_free_ahash(tfm);
	kfree(data);
}
static void cipher(const char *name, int keysize, int size)
{
	struct crypto_skcipher *tfm = crypto_alloc_skcipher(name, 0, 0);
	struct skcipher_request *req;
	struct scatterlist sg;
	DECLARE_CRYPTO_WAIT(wait);
	u8 *data, iv[16], key[64];

	if (IS_ERR(tfm)) {
		pr_info("%s: %ld\n", name, PTR_ERR(tfm));
		return;
	}
	pr_info("%s: %s, iv %u, block %u\n", name, crypto_skcipher_driver_name(tfm), crypto_skcipher_ivsize(tfm), crypto_skcipher_blocksize(tfm));
	memset(key, 7, sizeof(key)), memset(iv, 9, sizeof(iv));
	INT(crypto_skcipher_setkey(tfm, key, keysize));
	req = skcipher_request_alloc(tfm, GFP_KERNEL);
	data = kzalloc(64, GFP_KERNEL);
	strcpy(data, "a secret that nobody must read");
	sg_init_one(&sg, data, size);
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG | CRYPTO_TFM_REQ_MAY_SLEEP, crypto_req_done, &wait);
	skcipher_request_set_crypt(req, &sg, &sg, size, iv);
	pr_info("encrypt %d: ", crypto_wait_req(crypto_skcipher_encrypt(req), &wait));
	pr_cont("%*phN, iv %*phN\n", size, data, 16, iv);
	memset(iv, 9, sizeof(iv));
	INT(crypto_wait_req(crypto_skcipher_decrypt(req), &wait));
	pr_info("%*phN\n", size, data);
	pr_info("key of 5 bytes: %d\n", crypto_skcipher_setkey(tfm, key, 5));
	skcipher_request_free(req);
	crypto_free_skcipher(tfm);
	kfree(data);
}
static int __init crypto_mod_init(void)
{
	if (!more) {
		shash("md5", NULL);
		shash("sha1", NULL);
		shash("sha256", NULL);
		shash("sha224-generic", NULL);
		shash("hmac(sha256)", "a key");
		shash("hmac(md5)", NULL);
		shash("no-such-hash", NULL);
		shash("cbc(aes)", NULL);
		ahash("sha256");
		ahash("no-such-hash");
		cipher("cbc(aes)", 16, 32);
		cipher("cbc(aes)", 32, 48);
		cipher("cbc(aes)", 16, 30);
		cipher("sha256", 16, 16);
		cipher("no-such-cipher", 16, 16);
		return 0;
	}
	shash("sha512", NULL);
	shash("hmac(sha512)", "a key");
	shash("sha384", NULL);
	ahash("sha384");
	cipher("ecb(aes)", 16, 32);
	cipher("ctr(aes)", 16, 30);
	return 0;
}
static void __exit crypto_mod_exit(void) { }
module_init(crypto_mod_init);
module_exit(crypto_mod_exit);
