/// One mistake in a file that a person wrote, with its place.
public struct FileProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file as the person named it.
    public var file: String
    /// The line, from 1; nil where the mistake has no line (a missing key).
    public var line: Int?
    /// What is wrong and what to do, as one sentence.
    public var message: String

    /// A problem from its parts.
    public init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// `campaign.yaml:7: the sentence`.
    public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

/// Every mistake of a file at once.
public struct FileProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// The mistakes in the order of the file, at least one.
    public var problems: [FileProblem]

    /// One line a mistake.
    public var description: String { problems.map(\.description).joined(separator: "\n") }

    /// Problems, sorted by line.
    public init(_ problems: [FileProblem]) {
        self.problems = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }
}
