#include "calls.h"
#include <linux/platform_device.h>
#include <linux/spi/spi.h>

/* A controller without hardware: what is sent comes back plus one. */
static struct platform_device *pdev;
static struct spi_controller *bus, *messages;

static int setup(struct spi_device *spi)
{
	pr_info("setup %s: %u Hz, mode %#x, %u bits\n", dev_name(&spi->dev), spi->max_speed_hz, spi->mode, spi->bits_per_word);
	return 0;
}
static void cleanup(struct spi_device *spi) { pr_info("cleanup %s\n", dev_name(&spi->dev)); }
static void set_cs(struct spi_device *spi, bool enable) { pr_info("chip select %u: %d\n", spi->chip_select, enable); }
static int prepare(struct spi_controller *ctlr, struct spi_message *m) { pr_info("prepare message\n"); return 0; }

static int transfer_one(struct spi_controller *ctlr, struct spi_device *spi, struct spi_transfer *t)
{
	const u8 *tx = t->tx_buf; u8 *rx = t->rx_buf; int i;
	pr_info("transfer len %u speed %u bits %u tx %d rx %d\n", t->len, t->speed_hz, t->bits_per_word, !!tx, !!rx);
	for (i = 0; i < t->len; i++)
		if (rx)
			rx[i] = (tx ? tx[i] : 0x10) + 1;
	return t->len == 13 ? -EIO : 0;
}

static int transfer_one_message(struct spi_controller *ctlr, struct spi_message *m)
{
	pr_info("whole message, %u bytes\n", m->frame_length);
	m->status = 0;
	m->actual_length = m->frame_length;
	spi_finalize_current_message(ctlr);
	return 0;
}

static int probe(struct spi_device *spi)
{
	pr_info("probe %s: %s, data %lu\n", dev_name(&spi->dev), spi->modalias, spi_get_device_id(spi)->driver_data);
	dev_info(&spi->dev, "probed\n");
	spi_set_drvdata(spi, &bus);
	return 0;
}
static void remove(struct spi_device *spi) { pr_info("remove %s\n", dev_name(&spi->dev)); }

static const struct spi_device_id ids[] = { { "calls_flash", 5 }, { } };
static struct spi_driver driver = {
	.driver = { .name = "calls_spi" }, .id_table = ids, .probe = probe, .remove = remove,
};

static struct spi_board_info flash = { .modalias = "calls_flash", .max_speed_hz = 1000000, .chip_select = 0, .mode = SPI_MODE_0 };
static struct spi_board_info other = { .modalias = "calls_other", .chip_select = 1, .mode = SPI_MODE_3 };
static struct spi_board_info beyond = { .modalias = "calls_beyond", .chip_select = 2 };
static struct spi_board_info odd = { .modalias = "calls_odd", .chip_select = 1, .mode = SPI_LOOP };


static void transfers(struct spi_device *spi)
{
	u8 out[3] = { 1, 2, 3 }, in[3] = { 0 };
	struct spi_transfer pair[] = { { .tx_buf = out, .rx_buf = in, .len = 3 }, { .rx_buf = in, .len = 2, .speed_hz = 500 } };
	struct spi_transfer wrong = { .tx_buf = out, .len = 13 };
	struct spi_message m;
	INT(spi_write(spi, out, 3));
	INT(spi_read(spi, in, 2));
	HEX(in[1]);
	INT(spi_w8r8(spi, 0x40));
	INT(spi_w8r16(spi, 0x40));
	INT(spi_write_then_read(spi, out, 2, in, 3));
	HEX(in[2]);
	spi_message_init(&m);
	spi_message_add_tail(&pair[0], &m);
	spi_message_add_tail(&pair[1], &m);
	INT(spi_sync(spi, &m));
	INT(m.status);
	INT(m.actual_length);
	INT(spi_sync_transfer(spi, pair, 2));
	INT(spi_sync_transfer(spi, &wrong, 1));
	spi_message_init_with_transfers(&m, pair, 1);
	INT(spi_sync_locked(spi, &m));
	spi->bits_per_word = 16;
	INT(spi_setup(spi));
	spi->mode = SPI_MODE_1;
	INT(spi_setup(spi));
}

static void managed(void)
{
	struct device *dev = root_device_register("calls_spi");
	struct spi_controller *c = devm_spi_alloc_master(dev, 8);
	struct spi_device *spi;
	c->transfer_one_message = transfer_one_message;
	INT(devm_spi_register_controller(dev, c));
	spi = spi_alloc_device(c);
	strcpy(spi->modalias, "calls_spi");
	INT(spi_add_device(spi));
	NIL(spi->dev.driver);
	INT(spi_bus_lock(c));
	INT(spi_bus_unlock(c));
	spi_finalize_current_transfer(c);
	INT(c->xfer_completion.done);
	root_device_unregister(dev);
}

static void devices(void)
{
	struct spi_device *spi, *second;
	managed();
	spi = spi_new_device(bus, &flash);
	NIL(spi);
	STR(dev_name(&spi->dev));
	NIL(spi_new_device(bus, &flash));
	NIL(spi_new_device(bus, &beyond));
	NIL(spi_new_device(bus, &odd));
	second = spi_new_device(bus, &other);
	NIL(second->dev.driver);
	transfers(spi);
	spi_unregister_device(second);
	spi = spi_new_device(messages, &flash);
	INT(spi_write(spi, "abc", 3));
	STR(spi_get_drvdata(spi) == &bus ? "ours" : "not ours");
}

static int __init start(void)
{

	pdev = platform_device_register_simple("calls-spi", -1, NULL, 0);
	bus = spi_alloc_master(&pdev->dev, 16);
	NIL(spi_controller_get_devdata(bus));
	INT(spi_register_controller(bus));
	bus->num_chipselect = 2;
	INT(spi_register_controller(bus));
	bus->bus_num = -1;
	bus->mode_bits = SPI_MODE_X_MASK;
	bus->setup = setup;
	bus->cleanup = cleanup;
	bus->set_cs = set_cs;
	bus->prepare_message = prepare;
	bus->transfer_one = transfer_one;
	bus->max_speed_hz = 2000000;
	INT(spi_register_controller(bus));
	INT(bus->bus_num);
	STR(dev_name(&bus->dev));
	messages = spi_alloc_master(&pdev->dev, 0);
	messages->bus_num = 3;
	messages->num_chipselect = 1;
	messages->transfer_one_message = transfer_one_message;
	INT(spi_register_controller(messages));
	INT(spi_register_driver(&driver));
	devices();
	return 0;
}

static void __exit stop(void)
{
	DO(spi_unregister_driver(&driver));
	DO(spi_unregister_controller(messages));
	DO(spi_unregister_controller(bus));
	platform_device_unregister(pdev);
}

module_init(start);
module_exit(stop);
