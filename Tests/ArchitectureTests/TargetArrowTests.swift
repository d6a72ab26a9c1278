import Foundation
import Testing

/// Arrows go down only: what each target may import of ours, as docs/architecture.md draws it.
@Suite struct TargetArrowTests {
    static let allowed: [String: Set<String>] = [
        "CPhoneNumbers": [],
        "CArchive": [],
        "SystemResources": [],
        "CivilTime": [],
        "PhoneNumbers": ["CPhoneNumbers", "CivilTime"],
        "Campaigns": ["PhoneNumbers"],
        "CallingRules": ["Campaigns", "CivilTime", "PhoneNumbers"],
        "Pacing": ["Campaigns"],
        "RetryPolicy": ["Campaigns"],
        "Eligibility": ["CallingRules", "Campaigns", "Pacing", "PhoneNumbers", "RetryPolicy"],
        "ListImport": ["CArchive", "PhoneNumbers"],
        "CampaignStore": [
            "CallingRules", "Campaigns", "Eligibility", "PhoneNumbers", "RetryPolicy", "SystemResources",
        ],
        "GrandstreamCTI": ["SystemResources"],
        "NetworkAddresses": [],
        "PhoneSimulator": [],
        "Dialer": [
            "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Eligibility", "GrandstreamCTI",
            "NetworkAddresses", "Pacing", "PhoneNumbers", "RetryPolicy", "SystemResources",
        ],
        "Reports": ["CallingRules", "CampaignStore", "Campaigns", "Eligibility", "PhoneNumbers"],
        "Supervision": [
            "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "ListImport",
            "Pacing", "PhoneNumbers", "Reports",
        ],
        "OffhookServer": [
            "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "GrandstreamCTI",
            "ListImport", "NetworkAddresses", "PhoneNumbers", "Reports", "RetryPolicy", "Supervision",
            "SystemResources",
        ],
        "offhook": [
            "CallingRules", "CampaignStore", "Campaigns", "CivilTime", "Dialer", "Eligibility", "GrandstreamCTI",
            "ListImport", "OffhookServer", "Pacing", "PhoneNumbers", "PhoneSimulator", "Reports", "RetryPolicy",
            "Supervision", "SystemResources",
        ],
    ]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func files(of target: String) throws -> [URL] {
        let folder = Self.root.appendingPathComponent("Sources/\(target)")
        let all = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    private func imports(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"),
                words.prefix(index).allSatisfy({ word in
                    word.hasPrefix("@") || word == "public" || word == "internal" || word == "private"
                }), words.count > index + 1
            else { return nil }
            return String(words[words.count - 1].prefix { $0 != "." })
        }
    }

    @Test("every target is known to this table")
    func targetsKnown() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appendingPathComponent("Sources").path)
        #expect(Set(folders) == Set(Self.allowed.keys))
    }

    @Test("a target imports only what stands below it", arguments: allowed.keys.sorted())
    func arrows(target: String) throws {
        for file in try files(of: target) {
            for name in try imports(of: file) where Self.allowed[name] != nil {
                #expect(
                    Self.allowed[target]?.contains(name) == true, "\(target) must not import \(name): \(file.path)")
            }
        }
    }

    @Test("SQL stands in CampaignStore alone", arguments: allowed.keys.sorted().filter { $0 != "CampaignStore" })
    func sqlInStore(target: String) throws {
        for file in try files(of: target) {
            #expect(try !imports(of: file).contains("GRDB"), "\(file.path) imports GRDB")
        }
    }

    @Test(
        "the pure modules and the dialer's heart read no clock",
        arguments: [
            "Campaigns", "CallingRules", "Pacing", "RetryPolicy", "Eligibility", "Dialer/Heart", "Dialer/Watch",
        ])
    func noClock(folder: String) throws {
        for file in try files(of: folder) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for clock in ["Date()", "ContinuousClock", "Task.sleep", "URLSession", "FileManager"] {
                #expect(!text.contains(clock), "\(file.path) uses \(clock)")
            }
        }
    }

    @Test(
        "local time comes from CivilTime alone, and the pure modules are handed it as a value",
        arguments: allowed.keys.sorted())
    func localTime(target: String) throws {
        // Foundation carries zone data of its own, which no update of the system changes.
        let foundation = #/\b(NS)?(TimeZone|Calendar|DateComponents|DateFormatter|FormatStyle)\b|\blocaltime(_r)?\b/#
        let reading = #/\bZone(Source|Directory)\b/#
        let pure: Set = [
            "Campaigns", "CallingRules", "Pacing", "PhoneNumbers", "RetryPolicy", "Eligibility", "Reports",
        ]
        for file in try files(of: target) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let code = line.replacing(#/".*?"/#, with: "")
                guard !code.contains("//") else { continue }
                #expect(code.firstMatch(of: foundation) == nil, "\(file.path): \(line)")
                if pure.contains(target) { #expect(code.firstMatch(of: reading) == nil, "\(file.path): \(line)") }
            }
        }
    }

    /// Where files are opened by the system's calls or Foundation's, and why that is no file of a live database.
    private static let opensFiles: [String: String] = [
        "DatabaseFile.swift": "a new file, and the header of one that this process has not open",
        "FileLock.swift": "lock files of their own, beside the database",
        "CampaignStore+Backup.swift": "the copy, after SQLite has closed it",
        "PasscodeVault.swift": "the key file",
        "PrivateCopy.swift": "files on their way to being restored, before SQLite opens them here",
        "LostLog.swift": "the log of a copy of a lost database",
        "LostDatabase.swift": "a lost database, which is never the one that is open",
        "DatabaseReplacement.swift": "the plan of a restore, beside the database",
        "CampaignStore+Passcodes.swift": "a passcode's file, which may not be the database",
        "FolderFile.swift": "a passcode's file, told of before it is opened",
    ]

    @Test("no file of a live database is opened outside SQLite: closing it would drop SQLite's locks")
    func databaseFiles() throws {
        // A process that closes any descriptor of a file loses all its POSIX locks on it; see docs/reliability.md.
        for file in try files(of: "CampaignStore") where Self.opensFiles[file.lastPathComponent] == nil {
            let text = try String(contentsOf: file, encoding: .utf8)
            for call in [
                "FileHandle", "Data(contentsOf", "String(contentsOf", "contents(atPath", "fopen(", "InputStream",
                "copyItem",
            ] {
                #expect(!text.contains(call), "\(file.path) uses \(call)")
            }
            let opens = text.split(separator: "\n").filter { line in
                line.contains("open(") && (line.contains("O_RD") || line.contains("O_WR"))
            }
            #expect(opens.isEmpty, "\(file.path): \(opens)")
        }
        // Elsewhere nobody puts the name of a database's file together.
        for target in Self.allowed.keys.sorted() where target != "CampaignStore" {
            for file in try files(of: target) {
                let text = try String(contentsOf: file, encoding: .utf8)
                for suffix in ["-wal\"", "-shm\""] {
                    #expect(!text.contains(suffix), "\(file.path) names a database's \(suffix)")
                }
            }
        }
    }
}
