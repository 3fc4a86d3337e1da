/* The configuration register: shown, set, or changed in a dialogue. */
#include "rom.h"

#define BOOT_FIELD 0x000Fu
#define BAUD_FIELD 0x1820u

/* Yes-or-no settings of the register, in the order the dialogue asks for them. */
static const struct {
	u32 bit;
	const char *name;
} options[] = {
	{0x8000, "diagnostic mode"},
	{0x4000, "use net in IP broadcast address"},
	{0x2000, "load ROM after netboot fails"},
	{0x0400, "use all-zero broadcast"},
	{0x0100, "ignore break"},
	{0x0040, "ignore system configuration"},
};

/* Console speeds and their bits 12, 11 and 5. */
static const struct {
	u32 baud;
	u32 bits;
} speeds[] = {
	{9600, 0x0000}, {4800, 0x0800}, {1200, 0x1000}, {2400, 0x1800},
	{19200, 0x0020}, {38400, 0x0820}, {57600, 0x1020}, {115200, 0x1820},
};

static void show_boot_field(u32 field)
{
	if (field == 0)
		say("boot: the ROM Monitor\n");
	else if (field == 1)
		say("boot: the boot helper image\n");
	else
		say("boot: image specified by the boot system commands\n      or default to: cisco%u-C7200\n", field);
}

static void summary(u32 value)
{
	say("\n           Configuration Summary\n   (Virtual Configuration Register: 0x%x)\nenabled are:\n", value);
	for (u32 i = 0; i < COUNT_OF(options); i++)
		if (value & options[i].bit)
			say("%s\n", options[i].name);
	for (u32 i = 0; i < COUNT_OF(speeds); i++)
		if ((value & BAUD_FIELD) == speeds[i].bits)
			say("console baud: %u\n", speeds[i].baud);
	show_boot_field(value & BOOT_FIELD);
}

static int ask(const char *question)
{
	char answer[LINE_SIZE];

	say("%s y/n  [n]:  ", question);
	read_line(answer, 0);
	return to_lower(answer[0]) == 'y';
}

/* Reads a number from 0 to limit; anything else, or nothing, keeps the present value. */
static u32 ask_number(u32 present, u32 limit)
{
	char answer[LINE_SIZE];
	u32 value;

	say(" [%u]:  ", present);
	read_line(answer, 0);
	return parse_number(answer, &value) && value <= limit ? value : present;
}

static u32 ask_speed(u32 value)
{
	u32 present = 0;

	say("enter rate:");
	for (u32 i = 0; i < COUNT_OF(speeds); i++) {
		say(" %u = %u%s", i, speeds[i].baud, i + 1 < COUNT_OF(speeds) ? "," : "\n");
		if ((value & BAUD_FIELD) == speeds[i].bits)
			present = i;
	}
	return (value & ~BAUD_FIELD) | speeds[ask_number(present, COUNT_OF(speeds) - 1)].bits;
}

static u32 dialogue(u32 value)
{
	for (u32 i = 0; i < COUNT_OF(options); i++) {
		say("%s \"%s\"?", value & options[i].bit ? "disable" : "enable ", options[i].name);
		if (ask(""))
			value ^= options[i].bit;
	}
	if (ask("change console baud rate?"))
		value = ask_speed(value);
	if (ask("change the boot characteristics?")) {
		say("enter to boot:\n 0 = ROM Monitor\n 1 = the boot helper image\n 2-15 = boot system\n");
		value = (value & ~BOOT_FIELD) | ask_number(value & BOOT_FIELD, 15);
	}
	return value;
}

/* The register's value is hexadecimal, with or without 0x. */
static int parse_value(const char *text, u32 *value)
{
	char hex[12] = "0x";

	if (text[0] == '0' && to_lower(text[1]) == 'x')
		text += 2;
	if (strlen(text) > 8)
		return 0;
	copy_text(hex + 2, text, sizeof hex - 2);
	return parse_number(hex, value) && *value <= 0xFFFF;
}

static void store(u32 value)
{
	REMOTE_CONFREG_RW = value;
	say("\nYou must reset or power cycle for new config to take effect\n");
}

void confreg_command(int argc, char **argv)
{
	u32 present = REMOTE_CONFREG;
	u32 value;

	if (argc > 2) {
		say("usage: confreg [VALUE]\n");
		return;
	}
	if (argc == 2) {
		if (parse_value(argv[1], &value))
			store(value);
		else
			say("confreg: \"%s\" is not a hexadecimal number from 0 to ffff\n", argv[1]);
		return;
	}
	summary(present);
	if (!ask("\ndo you wish to change the configuration?"))
		return;
	value = dialogue(present);
	summary(value);
	if (ask("\nkeep this configuration?"))
		store(value);
}
