#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/socket.h>
#include <linux/crypto.h>
#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <crypto/aead.h>
#include <net/net_namespace.h>
MODULE_LICENSE("GPL");
static char *names[8];
static int count;
module_param_array(names, charp, &count, 0444);
static char *how = "shash";
module_param(how, charp, 0444);
static int protocol;
module_param(protocol, int, 0444);
static int families[8];
static int families_count;
module_param_array(families, int, &families_count, 0444);
static int type = 1;
module_param(type, int, 0444);
static void say(const char *name, const void *found)
{
	pr_info("asker: %s(%s) = %d\n", how, name, PTR_ERR_OR_ZERO(found));
}
static void ask(const char *name)
{
	if (!strcmp(how, "shash")) {
		struct crypto_shash *tfm = crypto_alloc_shash(name, 0, 0);

		say(name, tfm);
		crypto_free_shash(tfm);
	} else if (!strcmp(how, "ahash")) {
		struct crypto_ahash *tfm = crypto_alloc_ahash(name, 0, 0);

		say(name, tfm);
		crypto_free_ahash(tfm);
	} else if (!strcmp(how, "skcipher")) {
		struct crypto_skcipher *tfm = crypto_alloc_skcipher(name, 0, 0);

		say(name, tfm);
		crypto_free_skcipher(tfm);
	} else if (!strcmp(how, "aead")) {
		struct crypto_aead *tfm = crypto_alloc_aead(name, 0, 0);

		say(name, tfm);
		crypto_free_aead(tfm);
	} else if (!strcmp(how, "has")) {
		pr_info("asker: has(%s) = %d\n", name, crypto_has_alg(name, 0, 0));
	} else if (!strcmp(how, "fs")) {
		struct file_system_type *fs = get_fs_type(name);

		pr_info("asker: fs(%s) is %s\n", name, fs ? fs->name : "not there");
		if (fs)
			module_put(fs->owner);
	}
}
static int __init asker_init(void)
{
	struct socket *sock;
	int i;

	for (i = 0; i < count; i++)
		ask(names[i]);
	for (i = 0; i < families_count; i++)
		pr_info("asker: socket(%d, %d) = %d\n", families[i], type,
			sock_create_kern(&init_net, families[i], type, protocol, &sock));
	return 0;
}
static void __exit asker_exit(void) { }
module_init(asker_init);
module_exit(asker_exit);
