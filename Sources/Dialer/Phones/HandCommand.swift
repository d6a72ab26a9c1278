import CampaignStore
import Campaigns
import GrandstreamCTI

/// A function of the guide as a person names it, `operation endcall`, with what it takes.
public struct HandCommand: Sendable, Hashable {
    /// What such a command cannot be, as a sentence.
    public struct Mistake: Error, CustomStringConvertible, Sendable {
        public var description: String
    }

    /// The commands, by the words of the command line.
    public static let names = [
        "line-status", "phone-status", "operation", "account-status", "handset-status", "handset-line-status",
        "make-call", "device-operation", "send-key", "system",
    ]

    /// One of ``names``.
    public var name: String
    public var arguments: [String]
    /// The station it is for.
    public var station: String
    /// The handset of a base; nil for a GXP phone.
    public var handset: Int?
    /// The line, from 1; nil where the phone is to choose.
    public var line: Int?
    /// The account to dial with.
    public var account: Int?

    /// A command from its parts.
    public init(
        _ name: String, _ arguments: [String], station: String, handset: Int?, line: Int? = nil, account: Int? = nil
    ) {
        self.name = name
        self.arguments = arguments
        self.station = station
        self.handset = handset
        self.line = line
        self.account = account
    }

    /// The command as the phones' interface takes it.
    ///
    /// - Throws: ``Mistake`` where a word is not known or something is missing.
    public func parsed() throws -> PhoneCommand {
        switch name {
        case "line-status": return .lineStatus
        case "phone-status": return .phoneStatus
        case "operation": return .phoneOperation(try word(PhoneOperation.self), line: line)
        case "account-status":
            guard let number = arguments.first.flatMap({ Int($0) }) else {
                throw Mistake(description: "account-status needs the account's number, such as 1.")
            }
            return .accountStatus(number)
        case "handset-status": return .handsetStatus(try requiredHandset())
        case "handset-line-status": return .handsetLineStatus(try requiredHandset())
        case "make-call":
            guard let number = arguments.first else {
                throw Mistake(description: "make-call needs the number to dial.")
            }
            return .makeCall(number: number, handset: handset, account: account)
        case "device-operation":
            let operation = try word(DeviceOperation.self)
            return .deviceOperation(
                operation, handset: try requiredHandset(), line: operation.takesLine ? line ?? 1 : nil)
        case "send-key":
            guard !arguments.isEmpty else { throw Mistake(description: "send-key needs keys or a digit string.") }
            return .sendKeys(try arguments.flatMap(Self.keys), handset: handset)
        case "system": return .systemOperation(try word(SystemOperation.self))
        default:
            throw Mistake(
                description:
                    "There is no phone command “\(name)”\(NearestName.hint(name, among: Self.names)) See offhook phone --help."
            )
        }
    }

    /// A key by its name, or a string of digits as a list of keys.
    private static func keys(_ text: String) throws -> [Key] {
        if text.count > 1, let named = try? Key(parsing: text.uppercased()) { return [named] }
        if text.contains(where: \.isLetter) { return [try Key(parsing: text.uppercased())] }
        return try Key.digits(from: text)
    }

    private func requiredHandset() throws -> Int {
        guard let handset else {
            throw Mistake(
                description:
                    "“\(name)” is for DP handsets; \(station) is a GXP phone. Try line-status or operation.")
        }
        return handset
    }

    private func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws -> Word
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard let text = arguments.first else {
            throw Mistake(description: "\(name) needs one of \(words.joined(separator: ", ")).")
        }
        if let word = Word(rawValue: text) ?? Word(rawValue: text.uppercased()) ?? Word(rawValue: text.lowercased()) {
            return word
        }
        throw Mistake(
            description:
                "\(name) takes one of \(words.joined(separator: ", ")), not “\(text)”\(NearestName.hint(text, among: words))"
        )
    }
}
