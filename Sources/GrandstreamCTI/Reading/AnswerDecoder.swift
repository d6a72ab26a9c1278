/// Reads answers of a phone without a phone: what came over the wire, against the command that it answers.
///
/// ``PhoneClient`` reads with the same code; this door is for captures, tests and fuzzing.
public struct AnswerDecoder: Sendable {
    private let phone: String
    private let reader: AnswerReader

    /// A decoder.
    ///
    /// - Parameters:
    ///   - phone: What errors call the device.
    ///   - passcode: Taken out of every excerpt of an answer.
    public init(phone: String, passcode: Passcode) {
        self.phone = phone
        reader = AnswerReader(redactor: Redactor(passcode))
    }

    /// The answer to a command.
    ///
    /// - Parameters:
    ///   - command: What was asked.
    ///   - status: The HTTP status.
    ///   - body: The body as it came, whatever it is.
    /// - Throws: ``CTIError``, exactly as the client would.
    public func answer(to command: PhoneCommand, status: Int, body: [UInt8]) throws(CTIError) -> PhoneAnswer {
        do throws(AnswerFault) {
            let object = try reader.success(in: HTTPAnswer(status: status, body: body), to: command.function)
            return try Self.answer(to: command, in: object)
        } catch {
            throw CTIError(
                kind: error.kind, delivery: .mayHaveActed, phone: phone, command: command.functionName,
                detail: error.detail, namesError: error.namesError)
        }
    }

    private static func answer(to command: PhoneCommand, in object: JSONValue) throws(AnswerFault) -> PhoneAnswer {
        switch command {
        case .lineStatus: .lines(try LineStatus.list(in: object))
        case .phoneStatus: .phone(try PhoneStatus.read(object))
        case .accountStatus(let account): .account(try AccountStatus.read(object, account: account))
        case .handsetStatus(let handset): .handset(try HandsetStatus.read(object, handset: handset))
        case .handsetLineStatus(let handset):
            .handsetLines(handset: handset, try HandsetLineStatus.list(in: object, handset: handset))
        case .phoneOperation, .makeCall, .deviceOperation, .sendKeys, .systemOperation:
            .acknowledged(try Acknowledgement.read(object))
        }
    }
}
