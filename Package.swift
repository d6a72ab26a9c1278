// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, warnings are errors, imports are explicit about what they expose.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Pure targets that every start and nearly every test works with: they are optimized in debug builds, too.
let fast: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "offhook",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // What a number tells. The C++ shim is the only door to libphonenumber.
        .target(name: "CPhoneNumbers", linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("protobuf")]),
        // Debian's libarchive, which unpacks lists and registries.
        .systemLibrary(name: "CArchive"),
        // Local time: zones as the system's files have them, as values.
        .target(name: "CivilTime", swiftSettings: fast),
        .target(name: "PhoneNumbers", dependencies: ["CPhoneNumbers", "CivilTime"], swiftSettings: fast),

        // What this process has of descriptors and memory; anybody may ask.
        .target(name: "SystemResources", swiftSettings: strict),

        // Types and files, and the pure rules over them.
        .target(
            name: "Campaigns", dependencies: ["PhoneNumbers", .product(name: "Yams", package: "Yams")],
            swiftSettings: fast),
        .target(
            name: "CallingRules",
            dependencies: ["Campaigns", "CivilTime", "PhoneNumbers", .product(name: "Yams", package: "Yams")],
            swiftSettings: fast),
        .target(name: "Pacing", dependencies: ["Campaigns"], swiftSettings: strict),
        .target(name: "RetryPolicy", dependencies: ["Campaigns"], swiftSettings: strict),
        .target(
            name: "Eligibility", dependencies: ["CallingRules", "Campaigns", "Pacing", "PhoneNumbers", "RetryPolicy"],
            swiftSettings: fast),

        // Which addresses are spoken to, by phones and webhooks alike.
        .target(name: "NetworkAddresses", swiftSettings: strict),

        // Lists in, memory, and what comes out of it.
        .target(name: "ListImport", dependencies: ["CArchive", "PhoneNumbers"], swiftSettings: fast),
        .target(
            name: "CampaignStore",
            dependencies: [
                "CallingRules", "Campaigns", "Eligibility", "PhoneNumbers", "RetryPolicy", "SystemResources",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ], swiftSettings: strict),

        // The phones' interface, whole, and knowing nothing of campaigns.
        .target(
            name: "GrandstreamCTI",
            dependencies: [
                "SystemResources",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),

        // The dialer: a heart without I/O and a thin shell around it.
        .target(
            name: "Dialer",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Eligibility", "GrandstreamCTI",
                "NetworkAddresses", "Pacing", "PhoneNumbers", "RetryPolicy", "SystemResources",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),

        // Virtual phones: a second, independent reading of the guide. It never imports the client.
        .target(
            name: "PhoneSimulator",
            dependencies: [
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .target(
            name: "Reports",
            dependencies: ["CallingRules", "CampaignStore", "Campaigns", "Eligibility", "PhoneNumbers"],
            swiftSettings: strict),
        // What a manager does, by command or by page: lists in, campaigns checked, standstills told.
        .target(
            name: "Supervision",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "ListImport",
                "Pacing",
                "PhoneNumbers", "Reports", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        // The web pages, REST and live events over the dialer that runs.
        .target(
            name: "OffhookServer",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "GrandstreamCTI",
                "ListImport", "NetworkAddresses", "PhoneNumbers", "Reports", "RetryPolicy", "Supervision",
                "SystemResources",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "offhook",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "GrandstreamCTI",
                "ListImport", "OffhookServer", "Pacing", "PhoneNumbers", "PhoneSimulator", "Reports", "RetryPolicy",
                "Supervision",
                "SystemResources",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "LineWatch", dependencies: ["GrandstreamCTI"], path: "Examples/LineWatch", swiftSettings: strict),

        .executableTarget(
            name: "offhook-bench",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "Dialer", "PhoneSimulator",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Benchmarks/PollLateness", swiftSettings: strict),

        .executableTarget(
            name: "offhook-live",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "Dialer", "OffhookServer", "PhoneNumbers",
                "PhoneSimulator",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], path: "Benchmarks/Live", swiftSettings: strict),

        .executableTarget(
            name: "offhook-selection",
            dependencies: [
                "CivilTime",
                "CallingRules", "CampaignStore", "Campaigns", "Eligibility", "PhoneNumbers",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Benchmarks/Selection", swiftSettings: strict),
        .executableTarget(
            name: "offhook-reports",
            dependencies: [
                "CivilTime",
                "CallingRules", "CampaignStore", "Campaigns", "Eligibility", "Reports", "Supervision",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Benchmarks/Reports", swiftSettings: strict),
        .executableTarget(
            name: "offhook-property", dependencies: ["RuleProperties"], path: "Benchmarks/RuleProperties",
            swiftSettings: strict),

        .executableTarget(
            name: "offhook-fuzz", dependencies: ["Fuzzing"], path: "Benchmarks/Fuzz", swiftSettings: strict),

        .target(
            name: "Fuzzing", dependencies: ["GrandstreamCTI", "ListImport", "TestSupport"], path: "Tests/Fuzzing",
            swiftSettings: strict),
        // The dialer's claims held against the truth log, and many phones to make them on.
        .target(
            name: "Proving",
            dependencies: [
                "CallingRules", "CampaignStore", "Campaigns", "Dialer", "PhoneNumbers", "PhoneSimulator",
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/Proving", swiftSettings: strict),
        .executableTarget(
            name: "offhook-soak", dependencies: ["Campaigns", "Dialer", "PhoneSimulator", "Proving"],
            path: "Benchmarks/Soak", swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["Fuzzing"], swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "RuleProperties",
            dependencies: [
                "CivilTime", "CallingRules", "Campaigns", "Eligibility", "PhoneNumbers", "RetryPolicy", "TestSupport",
            ],
            path: "Tests/RuleProperties", swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "CivilTime",
                "Proving", "TestSupport", "CallingRules", "CampaignStore", "Campaigns", "Dialer", "Eligibility",
                "PhoneNumbers", "PhoneSimulator", "Supervision", "offhook",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
        .testTarget(name: "CampaignsTests", dependencies: ["Campaigns", "PhoneNumbers"], swiftSettings: strict),
        .testTarget(
            name: "CallingRulesTests",
            dependencies: ["CivilTime", "CallingRules", "Campaigns", "PhoneNumbers", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "CivilTime",
                "CallingRules", "CampaignStore", "Campaigns", "Eligibility", "ListImport", "PhoneNumbers", "Reports",
                "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "OffhookServerTests",
            dependencies: [
                "CivilTime",
                "CallingRules", "CampaignStore", "Campaigns", "Dialer", "Eligibility", "OffhookServer", "PhoneNumbers",
                "PhoneSimulator", "Proving", "Supervision", "SystemResources", "TestSupport",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], swiftSettings: strict),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "NetworkAddressesTests", dependencies: ["NetworkAddresses"], swiftSettings: strict),
        .testTarget(name: "SystemResourcesTests", dependencies: ["SystemResources"], swiftSettings: strict),
        .testTarget(name: "PacingTests", dependencies: ["Campaigns", "Pacing"], swiftSettings: strict),
        .testTarget(name: "RetryPolicyTests", dependencies: ["Campaigns", "RetryPolicy"], swiftSettings: strict),
        .testTarget(
            name: "EligibilityTests",
            dependencies: [
                "CivilTime",
                "CallingRules", "Campaigns", "Eligibility", "PhoneNumbers", "RetryPolicy", "RuleProperties",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PhoneNumbersTests", dependencies: ["CivilTime", "TestSupport", "PhoneNumbers"], swiftSettings: strict
        ),
        .testTarget(
            name: "ListImportTests", dependencies: ["CivilTime", "TestSupport", "ListImport", "PhoneNumbers"],
            swiftSettings: strict),
        .testTarget(
            name: "GrandstreamCTITests",
            dependencies: [
                "GrandstreamCTI", "SystemResources", "TestSupport",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .testTarget(
            name: "PhoneSimulatorTests",
            dependencies: [
                "PhoneSimulator", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "CampaignStoreTests",
            dependencies: [
                "CivilTime",
                "CallingRules", "Eligibility", "PhoneNumbers", "RetryPolicy", "CampaignStore", "Campaigns",
                "RuleProperties", "SystemResources", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DialerTests",
            dependencies: [
                "CivilTime",
                "Proving", "TestSupport",
                "CallingRules", "CampaignStore", "Campaigns", "Dialer", "Eligibility", "GrandstreamCTI", "PhoneNumbers",
                "PhoneSimulator", "SystemResources",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
