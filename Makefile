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
	swift test --skip-build --skip '$(TIMED)'
	swift test --skip-build --filter '$(TIMED)'

# Calls in real time through virtual phones: run apart from what needs all of the processor.
TIMED = DialerTests\.(PhoneFault|StoreFault|ClockStep|Soak)Tests|CommandLineTests\.(Crash|Signal|Keeping|Secrets)Tests

demo: build
	.build/debug/offhook demo

format:
	swift format --in-place --recursive Sources Tests Examples Benchmarks Package.swift

clean:
	rm -rf .build

# Long forms, outside `make test`.
.PHONY: crash crash-test fuzz soak bench

# kill -9 at every named step and at random moments, until each campaign is done; CRASHES sets how many kills in all.
CRASHES ?= 200
crash-test: bootstrap
	swift build --build-tests
	OFFHOOK_CRASHES=$(CRASHES) swift test --skip-build --filter CrashTests

crash: crash-test

# Spoiled answers and lists; INPUTS sets how many.
INPUTS ?= 10000000
fuzz: bootstrap
	swift build -c release --product offhook-fuzz
	.build/release/offhook-fuzz $(INPUTS)

# 1,000 stations with faults on 5 % of requests; SOAK_SECONDS sets how long.
SOAK_SECONDS ?= 3600
soak: bootstrap
	swift build -c release --product offhook-soak
	.build/release/offhook-soak $(SOAK_SECONDS)

# 200 virtual phones polled every second, on a release build.
bench: bootstrap
	swift build -c release --product offhook-bench
	.build/release/offhook-bench
