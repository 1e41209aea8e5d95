#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
MODULE_LICENSE("GPL");
static char *names[8];
static int count;
module_param_array(names, charp, &count, 0444);
static char *symbol = "hello_export";
module_param(symbol, charp, 0444);
static bool nowait;
module_param(nowait, bool, 0444);
static int result;
module_param(result, int, 0444);
static void request_more_symbol(void)
{
	void *found = __symbol_get(symbol);

	pr_info("request_more: %s is %s\n", symbol, found ? "there" : "not there");
	if (found)
		__symbol_put(symbol);
}
static int __init request_more_init(void)
{
	int i, r;

	for (i = 0; i < count; i++) {
		r = nowait ? request_module_nowait("%s", names[i]) : request_module("%s", names[i]);
		pr_info("request_more: %s: %d\n", names[i], r);
	}
	request_more_symbol();
	pr_info("request_more: init returns %d\n", result);
	return result;
}
static void __exit request_more_exit(void)
{
	if (count)
		pr_info("request_more: exit, %s: %d\n", names[0], request_module("%s", names[0]));
}
module_init(request_more_init);
module_exit(request_more_exit);
