import CallingRules
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers

/// One line of `Tests/Rules/laws.py`: a call that somebody wants to make, and what the second writing of the law says of it.
struct LawCase: Sendable {
    let line: String
    let area: Area
    let purposes: [String]
    let isAutomated: Bool
    /// The kind of the number: `mobile`, `fixed` or `unknown`.
    let kind: String
    let fields: [[String]]
    let calls: [PastCall]
    /// Places in which an emergency is declared.
    let emergencies: [String]
    let instant: Instant
    let margin: Duration
    /// Kinds of reasons against the call; empty where it may start.
    let against: Set<String>
    /// The registries that bind, and how many days old a copy may be.
    let registries: [String: Int64]

    /// A line's columns, as the script's text at the top has them.
    init(line: Substring) throws {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 17, let instant = Int64(columns[13]), let margin = Int64(columns[14]) else {
            throw Unreadable(line: String(line))
        }
        self.line = String(line)
        area = Area(
            zones: Self.list(columns[3]), region: String(columns[1]),
            jurisdiction: columns[2].isEmpty ? nil : String(columns[2]))
        purposes = Self.list(columns[4])
        isAutomated = columns[5] == "true"
        kind = String(columns[6])
        fields = Self.fields(consent: columns[7], purchase: columns[8], inquiry: columns[9])
        calls = try columns[10].split(separator: ",").map(Self.call)
        emergencies = Self.list(columns[12])
        self.instant = Instant(milliseconds: instant)
        self.margin = .seconds(margin)
        let reasons = columns[15] == "allowed" ? [] : columns[15].split(separator: " ")
        against = Set(reasons.compactMap { $0.split(separator: ":").first.map(String.init) })
        registries = Dictionary(
            columns[16].split(separator: ";").compactMap { entry in
                let parts = entry.split(separator: "=")
                return parts.count == 2 ? Int64(parts[1]).map { (String(parts[0]), $0) } : nil
            }, uniquingKeysWith: min)
    }

    /// A line that is none.
    struct Unreadable: Error {
        let line: String
    }

    private static func list(_ text: Substring) -> [String] { text.split(separator: ",").map(String.init) }

    private static func fields(consent: Substring, purchase: Substring, inquiry: Substring) -> [[String]] {
        var fields: [[String]] = []
        let parts = consent.split(separator: " ")
        if let date = parts.first, date != "proof" {
            fields += [["consent", "yes"], ["consent_date", String(date)]]
        }
        if parts.last == "proof" { fields.append(["consent_proof", "form 12"]) }
        if !purchase.isEmpty { fields.append(["purchase_date", String(purchase)]) }
        if !inquiry.isEmpty { fields.append(["inquiry_date", String(inquiry)]) }
        return fields
    }

    private static func call(_ text: Substring) throws -> PastCall {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, let at = Int64(parts[0]) else { throw Unreadable(line: String(text)) }
        let end = { (part: Substring) in Int64(part).map(Instant.init(milliseconds:)) }
        return PastCall(
            at: Instant(milliseconds: at), isThisNumber: parts[3] == "1", conversedAt: end(parts[1]),
            refusedAt: end(parts[2]))
    }

    /// The cases of a run of the script, in its order.
    static func drawn(_ count: Int, seed: Int) throws -> [LawCase] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Rules/laws.py").path
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, "\(count)", "\(seed)"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Unreadable(line: "laws.py ended with \(process.terminationStatus)")
        }
        return try text.split(separator: "\n").map(LawCase.init)
    }
}
