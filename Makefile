# Offhook: `make test` and `make demo` are all that a fresh machine needs.
.PHONY: demo test build format lint clean bootstrap

bootstrap:
	@scripts/bootstrap

build: bootstrap
	swift build

lint:
	swift format lint --strict --recursive Sources Tests Examples Package.swift

test: bootstrap lint
	swift build --build-tests
	swift test --skip-build

demo: build
	.build/debug/offhook demo

format:
	swift format --in-place --recursive Sources Tests Examples Package.swift

clean:
	rm -rf .build
