// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The NVRAM of a Cisco 7200 as /dev/nvram: all of it, from the ROM monitor's part on, read and written at any place. What its
 * bytes mean is left to user space.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>

static void __iomem *nvram;
static size_t nvram_size;
static DEFINE_MUTEX(nvram_lock);

/*
 * Only whole words are used: a byte access to offset 3 does not reach the memory but the calendar behind it.
 */
static u8 read_byte(loff_t at)
{
	return __raw_readl(nvram + (at & ~3)) >> 8 * (3 - (at & 3));
}

static void write_byte(loff_t at, u8 value)
{
	int shift = 8 * (3 - (at & 3));
	u32 word = __raw_readl(nvram + (at & ~3));

	__raw_writel((word & ~(0xffU << shift)) | (u32)value << shift, nvram + (at & ~3));
}

static size_t available(loff_t at, size_t wanted)
{
	return at < nvram_size ? min_t(size_t, wanted, nvram_size - at) : 0;
}

static ssize_t nvram_read(struct file *file, char __user *buffer, size_t wanted, loff_t *at)
{
	size_t count = available(*at, wanted);
	size_t done = 0;
	int error = 0;

	mutex_lock(&nvram_lock);
	while (done < count && !error) {
		loff_t place = *at + done;

		if (!(place & 3) && count - done >= 4) {
			u32 word = __raw_readl(nvram + place);

			error = copy_to_user(buffer + done, &word, 4) ? -EFAULT : 0;
			done += error ? 0 : 4;
		} else {
			error = put_user(read_byte(place), (u8 __user *)buffer + done);
			done += error ? 0 : 1;
		}
	}
	mutex_unlock(&nvram_lock);
	*at += done;
	return done ? done : error;
}

static ssize_t nvram_write(struct file *file, const char __user *buffer, size_t wanted, loff_t *at)
{
	size_t count = available(*at, wanted);
	size_t done = 0;
	int error = wanted && !count ? -ENOSPC : 0;

	mutex_lock(&nvram_lock);
	while (done < count && !error) {
		loff_t place = *at + done;

		if (!(place & 3) && count - done >= 4) {
			u32 word;

			error = copy_from_user(&word, buffer + done, 4) ? -EFAULT : 0;
			if (!error)
				__raw_writel(word, nvram + place);
			done += error ? 0 : 4;
		} else {
			u8 value;

			error = get_user(value, (const u8 __user *)buffer + done);
			if (!error)
				write_byte(place, value);
			done += error ? 0 : 1;
		}
	}
	mutex_unlock(&nvram_lock);
	*at += done;
	return done ? done : error;
}

static loff_t nvram_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, nvram_size);
}

static const struct file_operations nvram_operations = {
	.owner = THIS_MODULE,
	.llseek = nvram_llseek,
	.read = nvram_read,
	.write = nvram_write,
};

static struct miscdevice nvram_device = {
	.minor = NVRAM_MINOR,
	.name = "nvram",
	.fops = &nvram_operations,
	.mode = 0600,
};

static int nvram_probe(struct platform_device *device)
{
	struct resource *memory = platform_get_resource(device, IORESOURCE_MEM, 0);

	nvram = devm_ioremap_resource(&device->dev, memory);
	if (IS_ERR(nvram))
		return PTR_ERR(nvram);
	nvram_size = resource_size(memory);
	nvram_device.parent = &device->dev;
	return misc_register(&nvram_device);
}

static struct platform_driver nvram_driver = {
	.probe = nvram_probe,
	.driver = {
		.name = "c7200-nvram",
		.suppress_bind_attrs = true,
	},
};
builtin_platform_driver(nvram_driver);
