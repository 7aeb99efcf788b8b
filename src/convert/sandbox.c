/* What a converter may do, and which program it is. */
#include "convert/broker.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int converter_seconds(ConvertKind kind)
{
	return kind == CONVERT_PDF ? 120 : 30;
}

static bool limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };
	if (setrlimit((__rlimit_resource_t)what, &r) == 0)
		return true;
	dprintf(2, "setrlimit: %s\n", strerror(errno));
	return false;
}

_Noreturn void converter_exec(ConvertKind kind, const char *folder)
{
	static const char *const dot[] = { "/usr/bin/dot", "-Tsvg", NULL };
	static const char *const pdf[] = { "/usr/bin/python3", "-s", "-P", "-c", convert_pdf_script, NULL };
	const char *const *args = kind == CONVERT_DOT ? dot : pdf;
	char home[80], temporary[80], cache[80];
	snprintf(home, sizeof home, "HOME=%s", folder);
	snprintf(temporary, sizeof temporary, "TMPDIR=%s", folder);
	snprintf(cache, sizeof cache, "XDG_CACHE_HOME=%s", folder);
	/* Fixed time and hashing: the same input gives the same bytes. */
	const char *environment[] = { "PATH=/usr/bin:/bin",
				      "LANG=C.UTF-8",
				      "SOURCE_DATE_EPOCH=946684800",
				      "PYTHONHASHSEED=0",
				      "PYTHONDONTWRITEBYTECODE=1",
				      home,
				      temporary,
				      cache,
				      NULL };
	/* Last, for a program under a sanitizer needs more for itself. */
	if (!limit(RLIMIT_AS, (rlim_t)2 << 30))
		_exit(126);
	execve(args[0], (char *const *)(uintptr_t)args, (char *const *)(uintptr_t)environment);
	dprintf(2, "%s: %s\n", args[0], strerror(errno));
	_exit(127);
}

/* Allows `rights` below the path; what does not exist needs no right. */
static bool allow_path(int rules, const char *path, uint64_t rights)
{
	const uint64_t of_files =
		LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return true;
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rights &= of_files;
	struct landlock_path_beneath_attr below = { .allowed_access = rights, .parent_fd = fd };
	bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
	close(fd);
	return ok;
}

/* Programs, libraries, fonts and their settings may be read, the own folder
 * written; nothing else of the file system exists. Older kernels go without. */
static bool fence_files(const char *folder)
{
	static const char *const readable[] = { "/usr",
						"/lib",
						"/lib64",
						"/bin",
						"/etc/fonts",
						"/etc/mime.types",
						"/etc/ld.so.cache",
						"/etc/localtime",
						"/var/cache/fontconfig",
						"/dev/null",
						"/dev/urandom" };
	const uint64_t read_rights =
		LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
	const uint64_t all_rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
	struct landlock_ruleset_attr handled = { .handled_access_fs = all_rights };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	if (rules < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	bool ok = allow_path(rules, folder, all_rights & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
	for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++)
		ok = ok && allow_path(rules, readable[i], read_rights);
	glob_t python = { 0 };
	if (glob("/etc/python3*", 0, NULL, &python) == 0)
		for (size_t i = 0; i < python.gl_pathc; i++)
			ok = ok && allow_path(rules, python.gl_pathv[i], read_rights);
	globfree(&python);
	ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return ok;
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_ARCHITECTURE
/* Calls that no converter needs: network, other processes, the kernel's inside. */
static const unsigned forbidden_calls[] = {
	SYS_socket,
	SYS_connect,
	SYS_bind,
	SYS_listen,
	SYS_ptrace,
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_chroot,
	SYS_unshare,
	SYS_setns,
	SYS_bpf,
	SYS_perf_event_open,
	SYS_userfaultfd,
	SYS_keyctl,
	SYS_add_key,
	SYS_request_key,
	SYS_init_module,
	SYS_finit_module,
	SYS_kexec_load,
	SYS_io_uring_setup,
	SYS_open_by_handle_at,
};

static bool fence_calls(void)
{
	enum { CALLS = sizeof forbidden_calls / sizeof forbidden_calls[0] };
	struct sock_filter code[CALLS + 7];
	size_t n = 0;
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++)
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, forbidden_calls[i],
							 (unsigned char)(CALLS - i + 1), 0);
	/* Numbers from here on belong to the x32 interface, which would go round the list. */
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES);
	struct sock_fprog program = { (unsigned short)n, code };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* All that a reader does: take memory, read, write, end. Any other call fails. */
static const unsigned reader_calls[] = {
	SYS_read,          SYS_pread64,     SYS_write,          SYS_lseek,        SYS_brk,          SYS_mmap,
	SYS_munmap,        SYS_mremap,      SYS_mprotect,       SYS_madvise,      SYS_futex,        SYS_getrandom,
	SYS_clock_gettime, SYS_sched_yield, SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_rt_sigreturn, SYS_sigaltstack,
	SYS_getpid,        SYS_gettid,      SYS_tgkill,         SYS_exit,         SYS_exit_group,
};

static bool fence_reader_calls(void)
{
	enum { CALLS = sizeof reader_calls / sizeof reader_calls[0] };
	struct sock_filter code[CALLS + 6];
	size_t n = 0;
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++)
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, reader_calls[i],
							 (unsigned char)(CALLS - i), 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = { (unsigned short)n, code };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool fence_calls(void)
{
	return true;
}

static bool fence_reader_calls(void)
{
	return true;
}
#endif

/* Bytes of address space that the process has: with a sanitizer, a great many. */
static bool own_memory(rlim_t *out)
{
	char text[64] = "";
	Str pages, rest;
	int64_t n = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && read(fd, text, sizeof text - 1) > 0;
	if (fd >= 0)
		close(fd);
	rest = str_of(text);
	ok = ok && str_split(&rest, ' ', &pages) && str_to_int(pages, &n);
	*out = (rlim_t)n * (rlim_t)sysconf(_SC_PAGESIZE);
	return ok;
}

bool sandbox_enter_reader(void)
{
	rlim_t memory = 0;
	bool ok = own_memory(&memory) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, READER_SECONDS) &&
		  limit(RLIMIT_FSIZE, READER_OUTPUT_MOST + 1) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_NOFILE, 3) &&
		  limit(RLIMIT_AS, memory + READER_MEMORY_MOST) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		  fence_reader_calls();
	if (!ok)
		dprintf(2, "sandbox: %s\n", strerror(errno));
	return ok;
}

bool sandbox_enter(const char *folder, int seconds)
{
	bool ok = limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, (rlim_t)seconds) &&
		  limit(RLIMIT_FSIZE, CONVERT_OUTPUT_MOST) && limit(RLIMIT_NOFILE, 256);
	if (!ok)
		return false;
	/* Where an ordinary user may not, seccomp below is what denies the network. */
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) != 0)
		(void)!unshare(CLONE_NEWNET);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !fence_files(folder) || !fence_calls()) {
		dprintf(2, "sandbox: %s\n", strerror(errno));
		return false;
	}
	return true;
}
