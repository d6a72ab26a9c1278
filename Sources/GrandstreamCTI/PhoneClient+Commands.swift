extension PhoneClient {
    /// The lines of a GXP phone (guide, chapter "Line Status Function").
    public func lineStatus() async throws(CTIError) -> [LineStatus] {
        try await ask(.lineStatus, reading: LineStatus.list)
    }

    /// Whether a GXP phone is available (guide, chapter "Phone Status Function").
    public func phoneStatus() async throws(CTIError) -> PhoneStatus {
        try await ask(.phoneStatus, reading: PhoneStatus.read)
    }

    /// A call operation on a GXP phone (guide, chapter "Phone Operations Functions").
    ///
    /// - Parameters:
    ///   - operation: What to do.
    ///   - line: 1 to 8, or nil for the line in focus; only newer firmware heeds it.
    public func perform(_ operation: PhoneOperation, line: Int? = nil) async throws(CTIError) {
        _ = try await acknowledgement(of: .phoneOperation(operation, line: line))
    }

    /// An account of a DP base, from 1 (guide, chapter "Account Status").
    public func accountStatus(_ account: Int) async throws(CTIError) -> AccountStatus {
        try await ask(.accountStatus(account)) { (answer) throws(AnswerFault) in
            try AccountStatus.read(answer, account: account)
        }
    }

    /// A handset of a DP base, from 1 (guide, chapter "Handset Status").
    public func handsetStatus(_ handset: Int) async throws(CTIError) -> HandsetStatus {
        try await ask(.handsetStatus(handset)) { (answer) throws(AnswerFault) in
            try HandsetStatus.read(answer, handset: handset)
        }
    }

    /// The lines of a handset of a DP base, from 1, in the order of their numbers (guide, chapter "Handset Line
    /// Status").
    public func handsetLineStatus(_ handset: Int) async throws(CTIError) -> [HandsetLineStatus] {
        try await ask(.handsetLineStatus(handset)) { (answer) throws(AnswerFault) in
            try HandsetLineStatus.list(in: answer, handset: handset)
        }
    }

    /// Dials a number (guide, chapter "Make Call"; on GXP phones a function of newer firmware). A success does not mean
    /// that a call was placed: look at the lines.
    ///
    /// - Parameters:
    ///   - number: Digits, `*` and `#`, a leading `+`; spaces, dots, brackets and hyphens are dropped.
    ///   - handset: The handset of a DP base, from 1; nil on a GXP phone.
    ///   - account: The account of a GXP phone, from 0, which nil means; nil on a DP base.
    public func makeCall(_ number: String, handset: Int? = nil, account: Int? = nil) async throws(CTIError) {
        _ = try await acknowledgement(of: .makeCall(number: number, handset: handset, account: account))
    }

    /// An operation on a handset of a DP base (guide, chapter "Device Operations Functions").
    ///
    /// - Parameters:
    ///   - operation: What to do.
    ///   - handset: From 1.
    ///   - line: 1 to 10 where ``DeviceOperation/takesLine``, else nil.
    public func perform(_ operation: DeviceOperation, handset: Int, line: Int? = nil) async throws(CTIError) {
        _ = try await acknowledgement(of: .deviceOperation(operation, handset: handset, line: line))
    }

    /// Presses keys, in order, in one request (guide, chapter "Sending Keys Functions"). A success means that they were
    /// queued.
    ///
    /// - Parameters:
    ///   - keys: At least one, each of which the family has.
    ///   - handset: The handset of a DP base, from 1; nil on a GXP phone.
    public func send(_ keys: [Key], handset: Int? = nil) async throws(CTIError) {
        _ = try await acknowledgement(of: .sendKeys(keys, handset: handset))
    }

    /// Restarts or resets the device (guide, chapter "System Operations Functions").
    public func perform(_ operation: SystemOperation) async throws(CTIError) {
        _ = try await acknowledgement(of: .systemOperation(operation))
    }

    /// Any command, with its answer as one value that encodes to JSON.
    public func execute(_ command: PhoneCommand) async throws(CTIError) -> PhoneAnswer {
        switch command {
        case .lineStatus: .lines(try await lineStatus())
        case .phoneStatus: .phone(try await phoneStatus())
        case .accountStatus(let account): .account(try await accountStatus(account))
        case .handsetStatus(let handset): .handset(try await handsetStatus(handset))
        case .handsetLineStatus(let handset):
            .handsetLines(handset: handset, try await handsetLineStatus(handset))
        case .phoneOperation, .makeCall, .deviceOperation, .sendKeys, .systemOperation:
            .acknowledged(try await acknowledgement(of: command))
        }
    }

    private func acknowledgement(of command: PhoneCommand) async throws(CTIError) -> Acknowledgement {
        try await ask(command, reading: Acknowledgement.read)
    }
}
