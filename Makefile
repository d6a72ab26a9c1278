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
.PHONY: crash crash-test bench

# kill -9 at every named step and at random moments, until each campaign is done; CRASHES sets how many kills in all.
CRASHES ?= 200
crash-test: bootstrap
	swift build --build-tests
	OFFHOOK_CRASHES=$(CRASHES) swift test --skip-build --filter CrashTests

crash: crash-test

# 200 virtual phones polled every second, on a release build.
bench: bootstrap
	swift build -c release --product offhook-bench
	.build/release/offhook-bench
