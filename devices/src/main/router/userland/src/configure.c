/* The commands that change and keep the configuration. */
#include "router.h"
#include "nvfs.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define CONTROL_Z 26

/* --- configure ------------------------------------------------------------------------------------------------------- */

/* Ctrl-Z ends a line, instead of stopping the program. */
static bool prepare_terminal(struct termios *before)
{
	struct termios now;

	if (tcgetattr(STDIN_FILENO, before) < 0)
		return false;
	now = *before;
	now.c_cc[VSUSP] = _POSIX_VDISABLE;
	now.c_cc[VEOL] = CONTROL_Z;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
	return true;
}

static struct termios saved_terminal;

static void interrupted(int signal)
{
	static const char message[] = "\nNothing is changed.\n";

	(void)signal;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_terminal);
	if (write(STDOUT_FILENO, message, sizeof message - 1) < 0)
		_exit(2);
	_exit(1);
}

static const char *mode(const struct parser *parser)
{
	if (parser->delimiter[0])
		return NULL;
	return parser->context == IN_INTERFACE ? "-if" : parser->context == IN_OSPF ? "-router" : "";
}

static bool is_command(const char *line, const char *full, size_t least)
{
	char copy[64];
	char *words[WORDS];

	if (strlen(line) >= sizeof copy)
		return false;
	strcpy(copy, line);
	return split(copy, words) == 1 && is(words[0], full, least);
}

/* Reads lines until the configuration is to be applied; false if one of them was wrong and no one sits there to see it. */
static bool read_lines(struct config *config, bool terminal)
{
	struct parser parser = {.config = config};
	char line[1024];
	unsigned number = 0;
	bool good = true;

	for (;;) {
		const char *wrong;
		char *stop;

		if (terminal && mode(&parser))
			printf("%s(config%s)# ", config->hostname, mode(&parser));
		fflush(stdout);
		if (fgets(line, sizeof line, stdin) == NULL)
			break;
		number++;
		stop = strchr(line, CONTROL_Z);
		if (stop)
			*stop = 0;
		line[strcspn(line, "\r\n")] = 0;
		if (!parser.delimiter[0]) {
			if (is_command(line, "end", 3))
				return good;
			if (is_command(line, "exit", 2) && parser.context == IN_GLOBAL)
				return good;
		}
		wrong = parse_line(&parser, line);
		if (wrong && terminal)
			printf("%% %s\n", wrong);
		else if (wrong)
			fprintf(stderr, "line %u: %.80s: %s\n", number, line, wrong);
		good = good && (terminal || wrong == NULL);
		if (stop)
			return good;
	}
	if (terminal)
		putchar('\n');
	return good;
}

/* configure [terminal]: lines from standard input, applied together at the end. */
int configure_command(int argc, char **argv)
{
	struct config *before = running_config();
	struct config *config = new_config();
	bool terminal;
	bool good;

	if (argc > 2 || (argc == 2 && !is(argv[1], "terminal", 1))) {
		fputs("usage: configure [terminal]\n", stderr);
		return 2;
	}
	*config = *before;
	terminal = isatty(STDIN_FILENO) && prepare_terminal(&saved_terminal);
	if (terminal) {
		signal(SIGINT, interrupted);
		puts("Enter configuration lines. \"end\" or Ctrl-D applies them, Ctrl-C does not.");
	}
	good = read_lines(config, terminal);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_terminal);
		signal(SIGINT, SIG_DFL);
	}
	return apply_config(before, config) && good ? 0 : 1;
}

/* --- Keeping --------------------------------------------------------------------------------------------------------- */

static int save_running(void)
{
	struct config *config = running_config();
	struct text text = {0};
	bool good;

	print_config(config, &text);
	good = save_startup(NVRAM_DEVICE, &text);
	if (good)
		printf("%zu bytes written to NVRAM\n", text.length);
	return good ? 0 : 1;
}

static int erase_startup(void)
{
	struct text nothing = {0};

	if (!save_startup(NVRAM_DEVICE, &nothing))
		return 1;
	puts("The startup configuration is erased.");
	return 0;
}

static int show_running(void)
{
	struct text text = {0};

	print_config(running_config(), &text);
	fputs(text.data, stdout);
	return 0;
}

int write_command(int argc, char **argv)
{
	if (argc == 1 || (argc == 2 && is(argv[1], "memory", 1)))
		return save_running();
	if (argc == 2 && is(argv[1], "erase", 1))
		return erase_startup();
	if (argc == 2 && is(argv[1], "terminal", 1))
		return show_running();
	fputs("usage: write [memory | erase | terminal]\n", stderr);
	return 2;
}

int copy_command(int argc, char **argv)
{
	struct config *before;
	struct config *config;
	struct text text = {0};
	struct text complaints = {0};

	if (argc == 3 && is(argv[1], "running-config", 1) && is(argv[2], "startup-config", 1))
		return save_running();
	if (argc != 3 || !is(argv[1], "startup-config", 1) || !is(argv[2], "running-config", 1)) {
		fputs("usage: copy running-config startup-config | copy startup-config running-config\n", stderr);
		return 2;
	}
	if (!load_startup(NVRAM_DEVICE, &text)) {
		fputs("% There is no startup configuration.\n", stderr);
		return 1;
	}
	before = running_config();
	config = new_config();
	*config = *before;
	parse_config(config, text_of(&text), &complaints);
	fputs(text_of(&complaints), stderr);
	return apply_config(before, config) ? 0 : 1;
}

int erase_command(int argc, char **argv)
{
	if (argc == 2 && (is(argv[1], "startup-config", 1) || is(argv[1], "nvram:", 2)))
		return erase_startup();
	fputs("usage: erase startup-config\n", stderr);
	return 2;
}

int reload_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return shell("reboot");
}

/* --- For tests --------------------------------------------------------------------------------------------------------- */

/* translate: what the lines on standard input mean, without doing it. */
int translate_command(int argc, char **argv)
{
	struct config *nothing = new_config();
	struct config *config = new_config();
	struct text lines = {0};
	struct text out = {0};

	(void)argv;
	if (argc > 1 || !read_whole("/dev/stdin", &lines, CONFIG_LIMIT))
		return 2;
	parse_config(config, text_of(&lines), &out);
	add(&out, "--- commands\n");
	print_changes(nothing, config, NULL, &out);
	add(&out, "--- back\n");
	print_changes(config, nothing, NULL, &out);
	add(&out, "--- bird.conf\n");
	print_bird(config, &out);
	add(&out, "--- running-config\n");
	print_config(config, &out);
	fputs(out.data, stdout);
	free_text(&lines);
	free_text(&out);
	free(nothing);
	free(config);
	return 0;
}
