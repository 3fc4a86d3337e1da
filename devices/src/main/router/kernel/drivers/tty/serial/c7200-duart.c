// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Console and auxiliary port of a Cisco 7200: the two channels of an SCN2681 in the I/O FPGA, ttyS0 and ttyS1.
 *
 * The ROM has set up the lines; speed and format are left as they are. Two things about the interrupt are peculiar, at least
 * where the chip is emulated: reading status register A withdraws the interrupt of both channels, whoever reads it and why; and
 * a transmitter that is ready says so by an interrupt only after a while. So characters are sent at once if that is possible, and
 * whoever has read the status and seen that a character waits asks for a transmitter interrupt, which brings the handler back.
 */
#include <linux/console.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/serial.h>
#include <linux/serial_core.h>
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>

#define CHANNELS	2
#define CHANNEL_STEP	0x40

/* Registers of a channel, relative to its mode register. */
#define SR		0x08
#define RHR		0x18
#define THR		0x18
/* Registers that the channels share, relative to the mode register of channel A. */
#define ISR		0x28
#define IMR		0x28

#define SR_RXRDY	0x01
#define SR_TXRDY	0x04

/* Of channel A; those of channel B are four bits higher. */
#define INT_TXRDY	0x01
#define INT_RXRDY	0x02
#define INT_SHIFT	4

#define BAUD		9600
/* No line is so fast that it brings more while the handler runs; an emulated one may be. */
#define MOST_PER_INTERRUPT	256

struct duart {
	void __iomem *base;
	/* Protects the mask; taken within a port's lock. */
	spinlock_t lock;
	u8 mask;
	unsigned int users;
	struct uart_port ports[CHANNELS];
};

static struct duart duart = { .lock = __SPIN_LOCK_UNLOCKED(duart.lock) };

static u32 channel_read(struct uart_port *port, unsigned int reg)
{
	return __raw_readl(port->membase + reg);
}

static u8 interrupt_bit(struct uart_port *port, u8 bit)
{
	return bit << port->line * INT_SHIFT;
}

static void set_mask(u8 clear, u8 set)
{
	unsigned long flags;

	spin_lock_irqsave(&duart.lock, flags);
	duart.mask = (duart.mask & ~clear) | set;
	__raw_writel(duart.mask, duart.base + IMR);
	spin_unlock_irqrestore(&duart.lock, flags);
}

/* Sends a character if the transmitter takes one. */
static bool try_send(struct uart_port *port, u8 c, u32 *seen)
{
	u32 status = channel_read(port, SR);

	*seen |= status;
	if (!(status & SR_TXRDY))
		return false;
	__raw_writel(c, port->membase + THR);
	return true;
}

/* Sends what waits; true if all of it could be sent and nothing was received meanwhile. */
static bool send(struct uart_port *port)
{
	struct circ_buf *waiting = &port->state->xmit;
	u32 seen = 0;

	if (port->x_char && try_send(port, port->x_char, &seen)) {
		port->icount.tx++;
		port->x_char = 0;
	}
	while (!port->x_char && !uart_tx_stopped(port) && !uart_circ_empty(waiting) &&
	       try_send(port, waiting->buf[waiting->tail], &seen)) {
		waiting->tail = (waiting->tail + 1) & (UART_XMIT_SIZE - 1);
		port->icount.tx++;
	}
	if (uart_circ_chars_pending(waiting) < WAKEUP_CHARS)
		uart_write_wakeup(port);
	return !(seen & SR_RXRDY) && (uart_tx_stopped(port) || (!port->x_char && uart_circ_empty(waiting)));
}

static void receive(struct uart_port *port)
{
	int most = MOST_PER_INTERRUPT;
	bool any = false;

	while (most-- && channel_read(port, SR) & SR_RXRDY) {
		u8 c = channel_read(port, RHR);

		port->icount.rx++;
		any = true;
		if (!uart_handle_sysrq_char(port, c))
			uart_insert_char(port, 0, 0, c, TTY_NORMAL);
	}
	if (any)
		tty_flip_buffer_push(&port->state->port);
}

static irqreturn_t duart_interrupt(int irq, void *context)
{
	int i;

	/* Withdraws the interrupt; what happens from here on raises it again. */
	channel_read(&duart.ports[0], SR);
	for (i = 0; i < CHANNELS; i++) {
		struct uart_port *port = &duart.ports[i];

		spin_lock(&port->lock);
		if (duart.mask & interrupt_bit(port, INT_RXRDY)) {
			receive(port);
			/* What arrives from here on has an interrupt of its own, unless sending withdraws it. */
			if (send(port))
				set_mask(interrupt_bit(port, INT_TXRDY), 0);
			else
				set_mask(0, interrupt_bit(port, INT_TXRDY));
		}
		spin_unlock(&port->lock);
	}
	return IRQ_HANDLED;
}

static unsigned int duart_tx_empty(struct uart_port *port)
{
	return TIOCSER_TEMT;
}

static void duart_set_mctrl(struct uart_port *port, unsigned int mctrl)
{
}

static unsigned int duart_get_mctrl(struct uart_port *port)
{
	return TIOCM_CAR | TIOCM_DSR | TIOCM_CTS;
}

static void duart_stop_tx(struct uart_port *port)
{
	set_mask(interrupt_bit(port, INT_TXRDY), 0);
}

static void duart_start_tx(struct uart_port *port)
{
	if (!send(port))
		set_mask(0, interrupt_bit(port, INT_TXRDY));
}

static void duart_stop_rx(struct uart_port *port)
{
	set_mask(interrupt_bit(port, INT_RXRDY), 0);
}

static void duart_break_ctl(struct uart_port *port, int state)
{
}

static int duart_startup(struct uart_port *port)
{
	int error = 0;

	if (!duart.users++)
		error = request_irq(port->irq, duart_interrupt, 0, "c7200-duart", &duart);
	if (error) {
		duart.users--;
		return error;
	}
	/* Characters that arrived before have had no interrupt: one of the transmitter stands in. */
	set_mask(0, interrupt_bit(port, INT_RXRDY | INT_TXRDY));
	return 0;
}

static void duart_shutdown(struct uart_port *port)
{
	set_mask(interrupt_bit(port, INT_RXRDY | INT_TXRDY), 0);
	if (!--duart.users)
		free_irq(port->irq, &duart);
}

/* Says what the line is set to, whatever was asked for. */
static void duart_set_termios(struct uart_port *port, struct ktermios *termios, const struct ktermios *old)
{
	unsigned long flags;

	termios->c_cflag &= ~(CSIZE | CSTOPB | PARENB | PARODD | CMSPAR | CRTSCTS);
	termios->c_cflag |= CS8;
	tty_termios_encode_baud_rate(termios, BAUD, BAUD);
	spin_lock_irqsave(&port->lock, flags);
	uart_update_timeout(port, termios->c_cflag, BAUD);
	spin_unlock_irqrestore(&port->lock, flags);
}

static const char *duart_type(struct uart_port *port)
{
	return "SCN2681";
}

static void duart_config_port(struct uart_port *port, int flags)
{
	port->type = PORT_SC26XX;
}

static void duart_release_port(struct uart_port *port)
{
}

static int duart_request_port(struct uart_port *port)
{
	return 0;
}

static int duart_verify_port(struct uart_port *port, struct serial_struct *wanted)
{
	return wanted->type != PORT_SC26XX || wanted->irq != port->irq ? -EINVAL : 0;
}

static const struct uart_ops duart_ops = {
	.tx_empty = duart_tx_empty,
	.set_mctrl = duart_set_mctrl,
	.get_mctrl = duart_get_mctrl,
	.stop_tx = duart_stop_tx,
	.start_tx = duart_start_tx,
	.stop_rx = duart_stop_rx,
	.break_ctl = duart_break_ctl,
	.startup = duart_startup,
	.shutdown = duart_shutdown,
	.set_termios = duart_set_termios,
	.type = duart_type,
	.config_port = duart_config_port,
	.release_port = duart_release_port,
	.request_port = duart_request_port,
	.verify_port = duart_verify_port,
};

static void duart_console_putchar(struct uart_port *port, unsigned char c)
{
	u32 seen = 0;

	while (!try_send(port, c, &seen))
		cpu_relax();
	if (seen & SR_RXRDY && duart.mask & interrupt_bit(port, INT_RXRDY))
		set_mask(0, interrupt_bit(port, INT_TXRDY));
}

static void duart_console_write(struct console *console, const char *text, unsigned int length)
{
	struct uart_port *port = &duart.ports[console->index];
	unsigned long flags;
	bool locked = true;

	if (port->sysrq || oops_in_progress)
		locked = spin_trylock_irqsave(&port->lock, flags);
	else
		spin_lock_irqsave(&port->lock, flags);
	uart_console_write(port, text, length, duart_console_putchar);
	if (locked)
		spin_unlock_irqrestore(&port->lock, flags);
}

static struct uart_driver duart_driver;

static int duart_console_setup(struct console *console, char *options)
{
	if (console->index < 0 || console->index >= CHANNELS || !duart.base)
		return -ENODEV;
	return uart_set_options(&duart.ports[console->index], console, BAUD, 'n', 8, 'n');
}

static struct console duart_console = {
	.name = "ttyS",
	.write = duart_console_write,
	.device = uart_console_device,
	.setup = duart_console_setup,
	.flags = CON_PRINTBUFFER,
	.index = -1,
	.data = &duart_driver,
};

static struct uart_driver duart_driver = {
	.owner = THIS_MODULE,
	.driver_name = "c7200-duart",
	.dev_name = "ttyS",
	.major = TTY_MAJOR,
	.minor = 64,
	.nr = CHANNELS,
	.cons = &duart_console,
};

static int duart_probe(struct platform_device *device)
{
	struct resource *memory = platform_get_resource(device, IORESOURCE_MEM, 0);
	int irq = platform_get_irq(device, 0);
	int error, i;

	if (irq < 0)
		return irq;
	duart.base = devm_ioremap_resource(&device->dev, memory);
	if (IS_ERR(duart.base)) {
		error = PTR_ERR(duart.base);
		duart.base = NULL;
		return error;
	}
	set_mask(0xff, 0);
	error = uart_register_driver(&duart_driver);
	for (i = 0; i < CHANNELS && !error; i++) {
		struct uart_port *port = &duart.ports[i];

		port->dev = &device->dev;
		port->line = i;
		port->type = PORT_SC26XX;
		port->iotype = UPIO_MEM32BE;
		port->flags = UPF_BOOT_AUTOCONF | UPF_FIXED_TYPE;
		port->mapbase = memory->start + i * CHANNEL_STEP;
		port->membase = duart.base + i * CHANNEL_STEP;
		port->irq = irq;
		port->uartclk = BAUD * 16;
		port->fifosize = 1;
		port->ops = &duart_ops;
		port->has_sysrq = IS_ENABLED(CONFIG_MAGIC_SYSRQ);
		error = uart_add_one_port(&duart_driver, port);
	}
	return error;
}

static struct platform_driver duart_platform_driver = {
	.probe = duart_probe,
	.driver = {
		.name = "c7200-duart",
		.suppress_bind_attrs = true,
	},
};
builtin_platform_driver(duart_platform_driver);
