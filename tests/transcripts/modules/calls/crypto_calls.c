#include "calls.h"
#include <crypto/algapi.h>
#include <crypto/hash.h>
#include <crypto/internal/acompress.h>
#include <crypto/internal/aead.h>
#include <crypto/internal/akcipher.h>
#include <crypto/internal/hash.h>
#include <crypto/internal/kpp.h>
#include <crypto/internal/rng.h>
#include <crypto/internal/scompress.h>
#include <crypto/internal/skcipher.h>

/* The kernel does not test internal algorithms, and so has nothing to say about them. */
#define ALG(n) .base = { .cra_name = n, .cra_driver_name = n "-calls", .cra_priority = 1, .cra_flags = CRYPTO_ALG_INTERNAL, .cra_blocksize = 1, .cra_module = THIS_MODULE }

static int sum_init(struct shash_desc *d) { *(u32 *)shash_desc_ctx(d) = 0; return 0; }
static int sum_update(struct shash_desc *d, const u8 *data, unsigned int n) { while (n--) *(u32 *)shash_desc_ctx(d) += *data++; return 0; }
static int sum_final(struct shash_desc *d, u8 *out) { memcpy(out, shash_desc_ctx(d), 4); return 0; }
#define SUM(n) { .digestsize = 4, .init = sum_init, .update = sum_update, .final = sum_final, .descsize = 4, ALG(n) }
static struct shash_alg sum = SUM("calls-sum"), same = SUM("calls-sum"), sums[] = { SUM("calls-sum1"), SUM("calls-sum2") };

static int nothing(struct ahash_request *r) { return 0; }
static int import(struct ahash_request *r, const void *p) { return 0; }
static int export(struct ahash_request *r, void *p) { return 0; }
#define HASH(n) { .init = nothing, .update = nothing, .final = nothing, .finup = nothing, .digest = nothing, .import = import, .export = export, \
	.halg = { .digestsize = 4, .statesize = 4, ALG(n) } }
static struct ahash_alg hash = HASH("calls-hash"), hashes[] = { HASH("calls-hash1"), HASH("calls-hash2") };

static int key(struct crypto_skcipher *t, const u8 *k, unsigned int n) { return 0; }
static int crypt(struct skcipher_request *r) { return 0; }
#define CIPHER(n) { .min_keysize = 16, .max_keysize = 16, .setkey = key, .encrypt = crypt, .decrypt = crypt, ALG(n) }
static struct skcipher_alg cipher = CIPHER("calls-cipher"), ciphers[] = { CIPHER("calls-cipher1"), CIPHER("calls-cipher2") };

static int akey(struct crypto_aead *t, const u8 *k, unsigned int n) { return 0; }
static int acrypt(struct aead_request *r) { return 0; }
#define AEAD(n) { .setkey = akey, .encrypt = acrypt, .decrypt = acrypt, .maxauthsize = 16, ALG(n) }
static struct aead_alg aead = AEAD("calls-aead"), aeads[] = { AEAD("calls-aead1"), AEAD("calls-aead2") };

static int generate(struct crypto_rng *t, const u8 *s, unsigned int n, u8 *d, unsigned int m) { memset(d, 4, m); return 0; }
static int seed(struct crypto_rng *t, const u8 *s, unsigned int n) { return 0; }
#define RNG(n) { .generate = generate, .seed = seed, ALG(n) }
static struct rng_alg rng = RNG("calls-rng"), rngs[] = { RNG("calls-rng1"), RNG("calls-rng2") };

static void encrypt(struct crypto_tfm *t, u8 *d, const u8 *s) { *d = *s; }
static int setkey(struct crypto_tfm *t, const u8 *k, unsigned int n) { return 0; }
#define PLAIN(n) { .cra_name = n, .cra_driver_name = n "-calls", .cra_flags = CRYPTO_ALG_TYPE_CIPHER | CRYPTO_ALG_INTERNAL, .cra_blocksize = 1, .cra_module = THIS_MODULE, \
	.cra_u.cipher = { .cia_min_keysize = 1, .cia_max_keysize = 1, .cia_setkey = setkey, .cia_encrypt = encrypt, .cia_decrypt = encrypt } }
static struct crypto_alg plain = PLAIN("calls-plain"), plain_again = PLAIN("calls-plain"), plains[] = { PLAIN("calls-plain1"), PLAIN("calls-plain2") };
static int create(struct crypto_template *t, struct rtattr **a) { return -EINVAL; }
static struct crypto_template template = { .name = "callstmpl", .create = create, .module = THIS_MODULE };
static struct crypto_template templates[] = { { .name = "callstmpl1", .create = create, .module = THIS_MODULE }, { .name = "callstmpl2", .create = create, .module = THIS_MODULE } };

static int comp(struct acomp_req *r) { return 0; }
static struct acomp_alg acomp = { .compress = comp, .decompress = comp, ALG("calls-acomp") };
static void *salloc(struct crypto_scomp *t) { return NULL; }
static void sfree(struct crypto_scomp *t, void *c) { }
static int scomp_(struct crypto_scomp *t, const u8 *s, unsigned int n, u8 *d, unsigned int *m, void *c) { return 0; }
static struct scomp_alg scomp = { .alloc_ctx = salloc, .free_ctx = sfree, .compress = scomp_, .decompress = scomp_, ALG("calls-scomp") };
static int ksecret(struct crypto_kpp *t, const void *b, unsigned int n) { return 0; }
static int kcompute(struct kpp_request *r) { return 0; }
static unsigned int kmax(struct crypto_kpp *t) { return 8; }
static struct kpp_alg kpp = { .set_secret = ksecret, .generate_public_key = kcompute, .compute_shared_secret = kcompute, .max_size = kmax, ALG("calls-kpp") };
static int rsa(struct akcipher_request *r) { return 0; }
static int rkey(struct crypto_akcipher *t, const void *k, unsigned int n) { return 0; }
static unsigned int rmax(struct crypto_akcipher *t) { return 8; }
static struct akcipher_alg akcipher = { .encrypt = rsa, .decrypt = rsa, .set_pub_key = rkey, .set_priv_key = rkey, .max_size = rmax, ALG("calls-akcipher") };

static int __init calls_init(void)
{
	struct crypto_shash *t;
	u8 out[4];
	struct crypto_queue queue;

	INT(crypto_register_shash(&sum));
	INT(crypto_register_shash(&same));
	INT(crypto_register_shashes(sums, 2));
	t = crypto_alloc_shash("calls-sum", CRYPTO_ALG_INTERNAL, CRYPTO_ALG_INTERNAL);
	INT(IS_ERR(t));
	if (!IS_ERR(t)) {
		SHASH_DESC_ON_STACK(d, t);

		d->tfm = t;
		INT(crypto_shash_digestsize(t));
		INT(crypto_shash_init(d));
		INT(crypto_shash_update(d, "abc", 3));
		INT(crypto_shash_update(d, "", 0));
		INT(crypto_shash_final(d, out));
		pr_info("%*phN\n", 4, out);
		crypto_free_shash(t);
	}
	DO(crypto_unregister_shashes(sums, 2));
	DO(crypto_unregister_shash(&sum));
	INT(crypto_register_ahash(&hash));
	INT(crypto_register_ahashes(hashes, 2));
	DO(crypto_unregister_ahashes(hashes, 2));
	DO(crypto_unregister_ahash(&hash));
	INT(crypto_register_skcipher(&cipher));
	INT(crypto_register_skciphers(ciphers, 2));
	DO(crypto_unregister_skciphers(ciphers, 2));
	DO(crypto_unregister_skcipher(&cipher));
	INT(crypto_register_aead(&aead));
	INT(crypto_register_aeads(aeads, 2));
	DO(crypto_unregister_aeads(aeads, 2));
	DO(crypto_unregister_aead(&aead));
	INT(crypto_register_rng(&rng));
	INT(crypto_register_rngs(rngs, 2));
	DO(crypto_unregister_rngs(rngs, 2));
	DO(crypto_unregister_rng(&rng));
	INT(crypto_register_alg(&plain));
	INT(crypto_register_alg(&plain_again));
	INT(crypto_register_algs(plains, 2));
	DO(crypto_unregister_algs(plains, 2));
	DO(crypto_unregister_alg(&plain));
	INT(crypto_register_template(&template));
	INT(crypto_register_template(&template));
	INT(crypto_register_templates(templates, 2));
	DO(crypto_unregister_templates(templates, 2));
	DO(crypto_unregister_template(&template));
	INT(crypto_register_acomp(&acomp));
	DO(crypto_unregister_acomp(&acomp));
	INT(crypto_register_scomp(&scomp));
	DO(crypto_unregister_scomp(&scomp));
	INT(crypto_register_kpp(&kpp));
	DO(crypto_unregister_kpp(&kpp));
	INT(crypto_register_akcipher(&akcipher));
	DO(crypto_unregister_akcipher(&akcipher));
	crypto_init_queue(&queue, 5);
	INT(queue.max_qlen);
	INT(queue.qlen);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
