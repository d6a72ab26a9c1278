import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Carries one request at a time to one phone; the caller sees to the "one at a time".
actor PhoneTransport {
    private let endpoint: PhoneEndpoint
    private let loop: any EventLoop
    private nonisolated let executor: any SerialExecutor
    private let redactor: Redactor
    /// For the commands that only read: its connections are used again.
    private let readingClient: HTTPClient
    private let readingRecord = ExchangeRecord()
    /// The end of the clients of commands that acted; closing may take as long as the phone likes.
    private var closing: Task<Void, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ endpoint: PhoneEndpoint, loop: any EventLoop, redactor: Redactor) {
        self.endpoint = endpoint
        self.loop = loop
        executor = loop.executor
        self.redactor = redactor
        readingClient = HTTPClient(
            eventLoopGroupProvider: .shared(loop), configuration: .phone(endpoint, record: readingRecord))
    }

    deinit {
        readingClient.shutdown { _ in }
    }

    /// Sends a command that only reads. A connection that the phone closed while it stood idle is replaced, once.
    func read(_ request: CommandRequest) async throws(TransportFailure) -> HTTPAnswer {
        do {
            return try await exchange(request, over: readingClient, readingRecord)
        } catch {
            guard error.closedWhileIdle else { throw error }
            return try await exchange(request, over: readingClient, readingRecord)
        }
    }

    /// Sends a command that acts, on a connection of its own, and waits for the end whatever becomes of the task.
    func act(_ request: CommandRequest) async throws(TransportFailure) -> HTTPAnswer {
        let record = ExchangeRecord()
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(loop), configuration: .phone(endpoint, record: record))
        defer { close(client) }
        return try await exchange(request, over: client, record)
    }

    /// Closes every connection.
    func shutdown() async {
        await closing?.value
        await end(readingClient)
    }

    private func close(_ client: HTTPClient) {
        let earlier = closing
        closing = Task {
            await end(client)
            await earlier?.value
        }
    }

    /// Closes a client's connections without a step on Swift's shared threads, which may all be busy.
    private func end(_ client: HTTPClient) async {
        await withCheckedContinuation { ended in client.shutdown { _ in ended.resume() } }
    }

    private func exchange(
        _ request: CommandRequest, over client: HTTPClient, _ record: ExchangeRecord
    ) async throws(TransportFailure) -> HTTPAnswer {
        record.startExchange()
        do {
            let delegate: ResponseAccumulator
            let http = try httpRequest(request)
            delegate = ResponseAccumulator(request: http, maxBodySize: endpoint.maximumAnswerBytes)
            let deadline = NIODeadline.now() + TimeAmount(endpoint.connectTimeout) + TimeAmount(endpoint.answerTimeout)
            let task = client.execute(request: http, delegate: delegate, deadline: deadline)
            let response =
                request.function.acts
                ? try await task.get()
                : try await withTaskCancellationHandler {
                    try await task.get()
                } onCancel: {
                    task.cancel()
                }
            return HTTPAnswer(
                status: Int(response.status.code), location: response.headers.first(name: "location"),
                body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            throw TransportFailure(error, marks: record.marks, redactor: redactor)
        }
    }

    private func httpRequest(_ request: CommandRequest) throws -> HTTPClient.Request {
        var components = URLComponents(url: endpoint.address, resolvingAgainstBaseURL: false)
        components?.percentEncodedPath = request.path
        components?.percentEncodedQuery = request.query(with: endpoint.passcode)
        guard let url = components?.url else { throw HTTPClientError.invalidURL }
        return try HTTPClient.Request(
            url: url, method: .GET,
            headers: request.function.acts ? ["Accept": "*/*", "Connection": "close"] : ["Accept": "*/*"])
    }
}
