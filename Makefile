# Offhook: `make test` and `make demo` are all that a fresh machine needs.
.PHONY: demo test build format lint clean bootstrap

bootstrap:
	@scripts/bootstrap

build: bootstrap
	swift build

lint:
	swift format lint --strict --recursive Sources Tests Examples Benchmarks Package.swift

test: bootstrap lint
	swift build --build-tests
	swift test --skip-build

demo: build
	.build/debug/offhook demo

format:
	swift format --in-place --recursive Sources Tests Examples Benchmarks Package.swift

clean:
	rm -rf .build

# Long forms, outside `make test`.
.PHONY: crash bench

# kill -9 at random moments of a run, then a second run; CRASHES sets how often.
CRASHES ?= 20
crash: bootstrap
	swift build --build-tests
	OFFHOOK_CRASHES=$(CRASHES) swift test --skip-build --filter CrashTests

# 200 virtual phones polled every second, on a release build.
bench: bootstrap
	swift build -c release --product offhook-bench
	.build/release/offhook-bench

# Lists and do-not-call files against sqlite3's .import, on a release build; needs about 2 GB of disk.
.PHONY: bench-import number-data
bench-import: bootstrap
	@command -v sqlite3 >/dev/null || { echo "bench-import: installing sqlite3"; apt-get install -y -qq sqlite3; }
	swift build -c release --product offhook
	scripts/bench-import

# Number data anew from the time zone database and libphonenumber's tables; look at the difference before you commit it.
number-data: bootstrap
	scripts/update-number-data
