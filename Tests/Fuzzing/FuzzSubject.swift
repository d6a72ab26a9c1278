import Foundation
import GrandstreamCTI
import ListImport

/// What takes bytes from outside, and must neither crash, hang nor grow whatever they are.
public enum FuzzSubject: String, Sendable, CaseIterable {
    /// A phone's answer, read by the CTI client's decoder.
    case answer
    /// A list, read by the CSV reader.
    case csv

    /// A word that must never come out of the decoder: it stands in many inputs, as a phone may echo the URL.
    public static let passcode = "s3cret-4711"

    static let commands: [PhoneCommand] = [
        .lineStatus, .phoneStatus, .accountStatus(1), .handsetStatus(1), .handsetLineStatus(1),
        .makeCall(number: "1", handset: nil, account: nil), .systemOperation(.reboot),
    ]
    static let statuses = [200, 200, 200, 200, 204, 302, 401, 404, 500]

    /// Inputs that are right, or wrong in a known way: the guide's own bodies first.
    var seeds: [[UInt8]] {
        switch self {
        case .answer: FuzzSeeds.answers
        case .csv: FuzzSeeds.lists
        }
    }

    var dictionary: [[UInt8]] {
        switch self {
        case .answer: FuzzSeeds.answerWords
        case .csv: FuzzSeeds.listWords
        }
    }
}

/// Feeds spoiled inputs to a subject, one by one.
public struct Fuzzer {
    /// A promise that an input broke.
    public struct Broken: Error, CustomStringConvertible {
        /// Which input, and what happened.
        public let description: String
    }

    /// The longest that one input may take.
    static let longest: Duration = .seconds(2)

    private let subject: FuzzSubject
    private let decoder = AnswerDecoder(phone: "desk-1", passcode: Passcode(FuzzSubject.passcode))
    private let file: URL
    private let seeds: [[UInt8]]
    private let dictionary: [[UInt8]]

    /// A fuzzer; `folder` takes the lists, one at a time.
    public init(_ subject: FuzzSubject, folder: URL) {
        self.subject = subject
        file = folder.appendingPathComponent("list-\(UUID().uuidString).csv")
        seeds = subject.seeds
        dictionary = subject.dictionary
    }

    /// Makes the input of a number and feeds it.
    ///
    /// - Throws: ``Broken`` where it took too long or gave a passcode away; a crash is a crash.
    public func run(input number: UInt64) throws {
        var mutator = Mutator(seed: number)
        let input = mutator.spoil(mutator.pick(seeds), others: seeds, dictionary: dictionary)
        let (command, status) = (mutator.pick(FuzzSubject.commands), mutator.pick(FuzzSubject.statuses))
        try feed(input, command, status: status, name: "input \(number)")
    }

    /// Feeds bytes as they are; their first byte chooses the command that they answer, and the status.
    ///
    /// - Throws: ``Broken``.
    public func run(bytes: [UInt8]) throws {
        let choice = Int(bytes.first ?? 0)
        let commands = FuzzSubject.commands
        try feed(
            Array(bytes.dropFirst()), commands[choice % commands.count],
            status: FuzzSubject.statuses[choice / commands.count % FuzzSubject.statuses.count], name: "input")
    }

    private func feed(_ input: [UInt8], _ command: PhoneCommand, status: Int, name: String) throws {
        let start = ContinuousClock.now
        switch subject {
        case .answer: try decode(input, command, status, name)
        case .csv: try read(input)
        }
        let taken = ContinuousClock.now - start
        guard taken <= Self.longest else {
            throw Broken(description: "\(subject.rawValue) \(name) of \(input.count) bytes took \(taken)")
        }
    }

    private func decode(_ input: [UInt8], _ command: PhoneCommand, _ status: Int, _ name: String) throws {
        let told: String
        do throws(CTIError) {
            _ = try decoder.answer(to: command, status: status, body: input)
            return
        } catch {
            told = error.description
        }
        guard !told.contains(FuzzSubject.passcode), told.utf8.count < 4096 else {
            throw Broken(description: "answer \(name) came out as: \(told)")
        }
    }

    private func read(_ input: [UInt8]) throws {
        try Data(input).write(to: file)
        var reader = try CSVReader(file: file)
        var rows = 0
        while let row = try reader.next() {
            rows += 1
            guard row.number == rows, rows <= input.count + 1, reader.rawText.utf8.count <= 3 * input.count else {
                throw Broken(description: "a list of \(input.count) bytes has row \(row.number) as row \(rows)")
            }
        }
    }

    /// Removes the file of lists.
    public func finish() {
        try? FileManager.default.removeItem(at: file)
    }
}
