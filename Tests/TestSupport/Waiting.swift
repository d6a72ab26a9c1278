/// Something that a test waited for did not come about.
public struct NeverHappened: Error, CustomStringConvertible {
    public let description: String
}

/// Waits until something holds, however long a busy machine takes. The bound is there to end a hang, not to judge speed.
///
/// - Parameters:
///   - what: names it in the failure, such as `the first call`.
///   - hang: the time after which nothing is to be hoped any more.
/// - Throws: `NeverHappened` after `hang`, and whatever the condition throws.
public func wait(
    for what: String, hang: Duration = .seconds(300), isolation: isolated (any Actor)? = #isolation,
    until holds: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + hang
    while try await !holds() {
        guard ContinuousClock.now < end else { throw NeverHappened(description: "waited \(hang) for \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
