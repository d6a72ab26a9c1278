# Offhook: `make test` and `make demo` are all that a fresh machine needs.
.PHONY: demo test test-browser install screenshots build format lint clean bootstrap

bootstrap:
	@scripts/bootstrap

build: bootstrap
	swift build

lint:
	swift format lint --strict --recursive Sources Tests Examples Benchmarks Package.swift

test: bootstrap lint
	@scripts/bootstrap proxy
	swift build --build-tests
	@rm -f .build/tests.tally
	scripts/run-tests --filter '$(PURE)'
	scripts/run-tests --skip '$(PURE)|$(TIMED)' --experimental-maximum-parallelization-width 16
	scripts/run-tests --filter '$(TIMED)' --experimental-maximum-parallelization-width 16
	.build/debug/offhook-property 50000
	scripts/test-browser
	scripts/without-strays scripts/test-interface 4
	@scripts/tally-tests

# What needs the processor and no time-outs: run first and apart, since it starves what waits for phones.
PURE = ^(Architecture|CallingRules|CampaignStore|Campaigns|CivilTime|Eligibility|Fuzz|ListImport|Pacing|PhoneNumbers|Reports|RetryPolicy)Tests\.

# Calls in real time through virtual phones: run apart from what needs all of the processor, and few at once.
TIMED = PhoneSimulatorTests\.TruthTests|DialerTests\.(CampaignThroughPhones|ClockStep|Extension|HeldPlacing|LateJoin|OnlyPhones|PhoneFault|PhonesReload|RegistryHold|Soak|StationsAtWork|Stopping|StoreFault|Truth)Tests|CommandLineTests\.(AgentCommand|Crash|Keeping|PhonesCheck|Pressure|Rehearse|RestoreDrill|Secrets|Signal)Tests

# The web pages in a real browser: chromium, driven by playwright from PyPI.
test-browser: build
	scripts/test-browser

# On a terminal the demo goes on behind web pages until Ctrl-C; elsewhere it ends by itself.
demo: build
	@if [ -t 1 ] && [ -z "$$CI" ]; then .build/debug/offhook demo --serve; else .build/debug/offhook demo; fi

# Program, rules, number data, web pages and the demo's campaign below PREFIX; DESTDIR stands before it for packagers.
PREFIX ?= /usr/local
install: bootstrap
	swift build -c release --product offhook
	scripts/install .build/release/offhook "$(DESTDIR)$(PREFIX)"

# Every page at two widths, into docs/screenshots.
screenshots: build
	scripts/screenshots

# The table of docs/calling-rules.md from share/rules.
.PHONY: rule-table
rule-table: build
	.build/debug/offhook rules table --document docs/calling-rules.md

format:
	swift format --in-place --recursive Sources Tests Examples Benchmarks Package.swift

clean:
	rm -rf .build

# Random campaigns against an independent checker, on a release build: 50,000 in `make test`, a million by default.
.PHONY: property
CASES ?= 1000000
property: bootstrap
	swift build -c release --product offhook-property
	.build/release/offhook-property $(CASES)

# Long forms, outside `make test`.
.PHONY: crash crash-test fuzz soak bench bench-selection bench-reports

# Reserving the next contact with all rules on; CONTACTS sets how many there are (10 million need 14 GB free).
CONTACTS ?= 10000
bench-selection: bootstrap
	swift build -c release --product offhook-selection
	.build/release/offhook-selection $(CONTACTS)

# Every report against plain Python that computes it from the raw rows; SEED draws another month.
.PHONY: test-reports
SEED ?= 20261101
test-reports: build
	Tests/Reports/recompute.py --seed $(SEED)

# Every report over many attempts, and dialling beside them; ATTEMPTS sets how many (5 million need 12 GB free).
ATTEMPTS ?= 5000000
bench-reports: bootstrap
	swift build -c release --product offhook-reports
	.build/release/offhook-reports $(ATTEMPTS)

# kill -9 at every named step and at random moments, until each campaign is done; CRASHES sets how many kills in all.
CRASHES ?= 200
crash-test: bootstrap
	swift build --build-tests
	OFFHOOK_CRASHES=$(CRASHES) swift test --skip-build --filter CrashTests

crash: crash-test

# Other programs strain the database of a running dialer, each in its large form; the full disk needs root.
.PHONY: pressure
pressure: bootstrap
	swift build --build-tests
	OFFHOOK_PRESSURE=long swift test --skip-build --filter PressureTests

# Spoiled answers and lists; INPUTS sets how many.
INPUTS ?= 10000000
fuzz: bootstrap
	swift build -c release --product offhook-fuzz
	.build/release/offhook-fuzz $(INPUTS)

# The same, guided by coverage (libFuzzer): SECONDS for each of the two subjects; the corpus grows in .build/guided-fuzz.
.PHONY: fuzz-guided
SECONDS ?= 300
fuzz-guided: bootstrap
	scripts/fuzz-guided $(SECONDS)


# 1,000 stations with faults on 5 % of requests; SOAK_SECONDS sets how long.
SOAK_SECONDS ?= 3600
soak: bootstrap
	swift build -c release --product offhook-soak
	.build/release/offhook-soak $(SOAK_SECONDS)

# 200 agents' live pages with 200 virtual phones of another process, on a release build; LIVE_SECONDS sets how long.
.PHONY: bench-live test-interface
LIVE_SECONDS ?= 60
bench-live: bootstrap
	swift build -c release --product offhook-live
	.build/release/offhook-live $(LIVE_SECONDS)

# The interface against its own description, by schemathesis; EXAMPLES sets how many requests an operation gets, ROLES whose token
# they carry (administrator, manager, limited, agent, or all).
EXAMPLES ?= 200
ROLES ?= administrator
test-interface: bootstrap
	swift build --product offhook
	scripts/without-strays scripts/test-interface $(EXAMPLES) $(ROLES)

# Attacks on a server while a campaign of 300 contacts dials, and the interface's fuzzer as each role; ABUSE_EXAMPLES sets how many requests an operation gets.
.PHONY: test-abuse
ABUSE_EXAMPLES ?= 20
test-abuse: bootstrap
	swift build --product offhook
	scripts/without-strays scripts/test-abuse $(ABUSE_EXAMPLES)

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

# Forty numbers in use of each of sixty regions, as lists write them: what is read, and what is refused; the figures by region
# go to SWEEP. The same numbers are part of `make test`.
.PHONY: number-sweep
SWEEP ?= .build/number-sweep.md
number-sweep: bootstrap
	swift build --build-tests
	OFFHOOK_SWEEP=$(abspath $(SWEEP)) .build/debug/offhookPackageTests.xctest --testing-library swift-testing --filter NumberSweepTests
	@cat $(SWEEP)

# What the program is made of and needs, as CycloneDX 1.6 JSON; SBOM names the file.
.PHONY: sbom
SBOM ?= .build/offhook.cdx.json
sbom: build
	scripts/sbom "$(SBOM)"

# Number data anew from the time zone database and the tables of libphonenumber, ZIP codes and the CLDR; look at the difference before you commit it.
number-data: bootstrap
	scripts/update-number-data
