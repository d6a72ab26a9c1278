/// A change of the do-not-call list that a person has to mean: one slip of it stops or frees many, or makes old data look new.
public enum SuppressionDoubt: Error, Sendable, Hashable, CustomStringConvertible {
    /// An entry touches more contacts than ``SuppressionReach/most``.
    case many(SuppressionSubject, contacts: Int, isRemoval: Bool)
    /// A file would take the place of one that held at least twice as many numbers.
    case shrinks(source: String, numbers: Int, before: Int)
    /// A list of changes would take off more than half of what its source holds.
    case removesMany(source: String, numbers: Int, before: Int)
    /// A list of changes holds far fewer numbers than the last one of its source; where there was none, than the source.
    case renewsLittle(source: String, numbers: Int, new: Int, before: Int, wasRenewed: Bool)

    /// What would happen, a sentence.
    public var description: String {
        switch self {
        case .many(let subject, let contacts, false):
            "\(subject) covers numbers of \(contacts) contacts, who would not be called any more."
        case .many(let subject, let contacts, true):
            "\(subject) covers numbers of \(contacts) contacts, who could be called again."
        case .shrinks(let source, let numbers, let before):
            "The file holds \(Self.counted(numbers)) and would take the place of the \(before) that “\(source)” holds, which stays as it was; is the file whole?"
        case .removesMany(let source, let numbers, let before):
            "The file would take \(Self.counted(numbers)) off the \(before) that “\(source)” holds; is it a list of changes?"
        case .renewsLittle(let source, let numbers, let new, let before, let wasRenewed):
            "The file holds \(Self.counted(numbers)), \(new) of them new, where \(wasRenewed ? "the last list of changes of “\(source)”" : "“\(source)”") held \(before): they are on the list now, but “\(source)” is not up to date by them."
        }
    }

    private static func counted(_ numbers: Int) -> String { "\(numbers) number\(numbers == 1 ? "" : "s")" }

    /// Sources of fewer numbers may shrink unasked.
    static let leastToShrink = 20

    /// - Throws: ``shrinks(source:numbers:before:)``.
    static func check(replacing source: String, _ before: Int, by numbers: Int) throws(SuppressionDoubt) {
        guard before >= leastToShrink, numbers * 2 < before else { return }
        throw .shrinks(source: source, numbers: numbers, before: before)
    }

    /// - Throws: ``removesMany(source:numbers:before:)``.
    static func check(removing numbers: Int, from source: String, _ before: Int) throws(SuppressionDoubt) {
        guard before >= leastToShrink, numbers * 2 > before else { return }
        throw .removesMany(source: source, numbers: numbers, before: before)
    }

    /// Whether a list of changes makes its source younger without being asked about: a tenth of the last one does; without a last one, a
    /// hundredth of the source; and half of either where nothing in it is new.
    ///
    /// - Parameters:
    ///   - lastTime: how many numbers the last list of changes held; nil where there was none.
    ///   - entries: what the source held before.
    static func renewing(
        _ source: String, numbers: Int, new: Int, lastTime: Int?, entries: Int
    ) -> SuppressionDoubt? {
        let before = lastTime ?? entries
        let share = new == 0 ? 2 : lastTime == nil ? 100 : 10
        guard numbers * share < before else { return nil }
        return .renewsLittle(
            source: source, numbers: numbers, new: new, before: before, wasRenewed: lastTime != nil)
    }
}
