/// What went wrong with a command, to which phone, and whether the phone may have acted on it all the same.
public struct CTIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The phone does not accept the passcode or the sender, or has locked itself. Never retry this by program.
        case authentication
        /// The phone understood the command and said no.
        case refused
        /// No connection, or one that closed before an answer began; also a certificate that is not trusted.
        case unreachable
        /// The connection or the answer took too long.
        case timedOut
        /// Something answered that does not speak CTI.
        case notAPhone
        /// The answer was cut, too long, unreadable, or contradicts itself.
        case malformed
        /// The device family lacks the function or the key.
        case unsupported
        /// An argument, or the description of the device, does not fit.
        case invalidArgument
        /// The task was cancelled or the client shut down.
        case cancelled
        /// This computer has no descriptor or no memory left: it says nothing about the phone.
        case shortage
    }

    /// How far a request had come.
    public enum Delivery: String, Sendable, Hashable, Codable, CaseIterable {
        /// No byte of the request left: the phone cannot know of it.
        case notSent
        /// The request, or a part of it, left: whatever the error, the phone may have acted.
        case mayHaveActed
    }

    /// What kind of thing went wrong.
    public let kind: Kind
    /// How far the request had come.
    public let delivery: Delivery
    /// The name of the endpoint.
    public let phone: String
    /// The guide's name of the function, such as `api-make_call`.
    public let command: String
    /// What happened and what to do, as a clause. Never holds the passcode.
    public let detail: String
    /// Whether the phone says that something went wrong, though in a form that is not the guide's: a success with an error in its
    /// body, for one. It probably did not act; the lines tell.
    public let namesError: Bool

    /// An error as given.
    public init(
        kind: Kind, delivery: Delivery, phone: String, command: String, detail: String, namesError: Bool = false
    ) {
        self.namesError = namesError
        self.kind = kind
        self.delivery = delivery
        self.phone = phone
        self.command = command
        self.detail = detail
    }

    /// Whether the phone itself proved that it did not act: a well-formed error answer, or an authentication answer.
    ///
    /// An error that was never sent is not proved by the phone; ask ``delivery`` for that.
    public var provesNothingDone: Bool {
        switch kind {
        case .refused, .authentication: true
        case .unreachable, .timedOut, .notAPhone, .malformed, .unsupported, .invalidArgument, .cancelled,
            .shortage:
            false
        }
    }

    /// One sentence: which phone, which command, what happened, what to do, and what may have been done.
    public var description: String {
        "\(phone), \(command): \(detail) (\(consequence))."
    }

    private var consequence: String {
        switch delivery {
        case .notSent: "nothing was sent"
        case .mayHaveActed where provesNothingDone: "the phone did nothing"
        case .mayHaveActed: "the request had left, so look at the phone's state before acting again"
        }
    }
}
