public import NIOCore
import NIOPosix

/// One device, spoken to through its CTI functions, one request at a time in the order of asking.
///
/// Commands that act (see ``PhoneCommand/acts``) each travel on a connection of their own and are never repeated by any
/// layer; once under way they are followed to their end even if the task is cancelled, because their answer matters.
/// Commands that read share connections. Call ``shutdown()`` when done.
public actor PhoneClient {
    private let endpoint: PhoneEndpoint
    private let reader: AnswerReader
    private let transport: PhoneTransport
    private let turns = RequestTurns()
    private nonisolated let executor: any SerialExecutor

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A client for the device; nothing is sent yet.
    ///
    /// - Parameter eventLoopGroup: where its sockets are and where the client runs. For a client that must not wait for what else
    ///   the program does, a group of its own; and ask it in a task that prefers an executor of its own.
    public init(_ endpoint: PhoneEndpoint, eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.endpoint = endpoint
        let redactor = Redactor(endpoint.passcode)
        reader = AnswerReader(redactor: redactor)
        // One loop for all of it: an answer is read where it comes in.
        let loop = eventLoopGroup.next()
        executor = loop.executor
        transport = PhoneTransport(endpoint, loop: loop, redactor: redactor)
    }

    /// Refuses the requests that wait, lets the one under way end, and closes every connection. Later commands fail with
    /// ``CTIError/Kind/cancelled``.
    public func shutdown() async {
        await turns.close()
        await transport.shutdown()
    }

    /// Sends a command in its turn and reads the answer, if it is a success.
    func ask<Answer>(
        _ command: PhoneCommand, reading: (JSONValue) throws(AnswerFault) -> Answer
    ) async throws(CTIError) -> Answer {
        let request = try request(for: command)
        do {
            try await turns.take()
        } catch {
            let reason = error == .closed ? "the client was shut down" : "the task was cancelled"
            throw failure(of: command, .cancelled, .notSent, reason)
        }
        defer { turns.giveBack() }
        let answer: HTTPAnswer
        do {
            answer = command.acts ? try await transport.act(request) : try await transport.read(request)
        } catch {
            throw failure(of: command, error.kind, error.delivery, error.detail)
        }
        do {
            return try reading(try reader.success(in: answer, to: command.function))
        } catch {
            throw failure(of: command, error.kind, .mayHaveActed, error.detail, namesError: error.namesError)
        }
    }

    private func request(for command: PhoneCommand) throws(CTIError) -> CommandRequest {
        do {
            try endpoint.validate()
        } catch {
            throw failure(of: command, .invalidArgument, .notSent, error.reason)
        }
        do {
            return try command.request(for: endpoint.family)
        } catch {
            switch error {
            case .unsupported(let reason): throw failure(of: command, .unsupported, .notSent, reason)
            case .invalidArgument(let reason): throw failure(of: command, .invalidArgument, .notSent, reason)
            }
        }
    }

    private func failure(
        of command: PhoneCommand, _ kind: CTIError.Kind, _ delivery: CTIError.Delivery, _ detail: String,
        namesError: Bool = false
    ) -> CTIError {
        CTIError(
            kind: kind, delivery: delivery, phone: endpoint.name, command: command.functionName, detail: detail,
            namesError: namesError)
    }
}
