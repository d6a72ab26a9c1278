import Foundation

/// What people do: callers, and those who sit at the phones.
extension PhoneSimulator {
    /// Somebody calls one of our phones.
    /// - Parameters:
    ///   - phone: the phone's or base's name.
    ///   - handset: on a DP base the handset, from 1; nil on a GXP phone.
    ///   - number: the caller's number, as the phone shows it.
    ///   - name: the caller's name, as the phone shows it; any text.
    ///   - ringSeconds: virtual seconds after which the caller gives up; nil: never.
    ///   - talkSeconds: virtual seconds after the answer when the caller hangs up; nil: never by itself.
    /// - Returns: the call's number in the truth; nil where the phone turned it away: DND, off, not registered, or no
    ///   line free.
    /// - Throws: `PhoneSimulatorError` for a phone or handset that does not exist.
    @discardableResult
    public func incomingCall(
        to phone: String, handset: Int? = nil, from number: String, name: String = "", ringSeconds: Double? = nil,
        talkSeconds: Double? = nil
    ) async throws -> Int? {
        try self.phone(phone).ring(
            handset: handset, from: number, name: name, ringSeconds: ringSeconds, talkSeconds: talkSeconds)
    }

    /// The person at the phone hangs up, or rejects a call that rings.
    /// - Parameter line: from 1; nil: the line in focus.
    /// - Returns: false where that line was idle.
    /// - Throws: `PhoneSimulatorError` for a phone, handset or line that does not exist.
    @discardableResult
    public func hangUp(phone: String, handset: Int? = nil, line: Int? = nil) async throws -> Bool {
        try self.phone(phone).hangUp(handset: handset, line: line)
    }

    /// The person at the phone answers a call that rings.
    /// - Parameter line: from 1; nil: the lowest that rings.
    /// - Returns: false where nothing rings there.
    /// - Throws: `PhoneSimulatorError` for a phone, handset or line that does not exist.
    @discardableResult
    public func pickUp(phone: String, handset: Int? = nil, line: Int? = nil) async throws -> Bool {
        try self.phone(phone).pickUp(handset: handset, line: line)
    }

    /// The person at the phone dials by hand.
    /// - Parameter line: from 1; nil: the lowest idle line.
    /// - Throws: `PhoneSimulatorError` for a phone or handset that does not exist, or a line that is not idle, or a
    ///   phone that is off.
    public func dialByHand(_ number: String, on phone: String, handset: Int? = nil, line: Int? = nil) async throws {
        try self.phone(phone).dialByHand(number, handset: handset, line: line)
    }

    /// Lets something happen just before the next matching request is looked at: the request waits until `action` is
    /// done. For instance an incoming call between a dialer's last poll and its SEND. Each hook fires once.
    /// - Parameters:
    ///   - phone: the phone's name.
    ///   - function: a function of the guide, for instance `api-send_key`; nil: any request.
    /// - Throws: `PhoneSimulatorError.noSuchPhone`.
    public func onNextRequest(
        to phone: String, matching function: String? = nil, before action: @escaping @Sendable () async -> Void
    ) throws {
        try self.phone(phone).update { state, _ in
            state.hooks.append(RequestHook(function: function, action: action))
        }
    }
}
