# The front door. `make` lists what it can do; the build itself is meson's (meson.build).
.POSIX:
SHELL = /bin/sh
PREFIX = /usr/local
DESTDIR =
SERVE = 1
PORT = 8080

help:
	@echo "make demo      build, play the demonstration programme, write its evaluation, serve it (SERVE=0: do not serve)"
	@echo "make test      everything that is checked; ends with 'N passed, N failed' (ONLY='unit lint': some of it)"
	@echo "make bench     the measurements of bench/RESULTS.md"
	@echo "make build     only the program: build/rampe"
	@echo "make install   into PREFIX (/usr/local), below DESTDIR where one is given"
	@echo "make deb       the same as a Debian package: build/rampe_VERSION_ARCH.deb"
	@echo "make fuzz      every parser on made-up input for FUZZ_SECONDS (600), or so many of FUZZ_RUNS, each"
	@echo "make attack    sqlmap and wapiti against the demonstration (about ten minutes)"
	@echo "make lint      folder arrows, forbidden functions, file sizes, formatting"
	@echo "make format    format the C sources"
	@echo "make clean     remove what was built (rampe-demo/ stays)"
	@echo
	@echo "Debian packages and npm modules that are missing are named, with the reason, and then installed (tools/need)."

build:
	@tools/need build
	@test -f build/build.ninja || meson setup build
	@ninja -C build

demo: build
	@tools/need run
	@tools/play $(SERVE) $(PORT)

test:
	@tools/need build run test
	@tests/run $(ONLY)

bench: build
	@tools/need run bench
	@bench/run

install: build
	@meson configure build -Dprefix='$(PREFIX)'
	@ninja -C build
	@DESTDIR='$(DESTDIR)' meson install -C build --no-rebuild

deb: build
	@packaging/deb

fuzz:
	@tools/need build test
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tests/run fuzz

attack: build
	@tests/attack

lint:
	@tools/need build test
	@tests/run format lint

format:
	@tools/need test
	@find . -name '*.[ch]' -not -path './build*' -not -path '*/node_modules/*' -not -path './tests/golden/*' \
		-exec clang-format-14 -i {} +

clean:
	rm -rf build build-*

.PHONY: help build demo test bench install deb fuzz attack lint format clean
