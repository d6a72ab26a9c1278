import Foundation
import NIOCore
import NIOPosix
import TestSupport

/// Debian's nginx before a server of a test, with connections to it that it keeps.
final class Nginx: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let folder: URL
    private let process = Process()

    init(before port: Int) async throws {
        let root = ServerBench.share.deletingLastPathComponent()
        let places = ["/usr/sbin/nginx", root.appending(path: ".build/nginx/usr/sbin/nginx").path]
        guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(description: "There is no nginx; scripts/bootstrap proxy puts one into .build.")
        }
        folder = FileManager.default.temporaryDirectory.appending(path: "offhook-nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let socket = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = socket.localAddress?.port ?? 0
        try await socket.close()
        let configuration = """
            daemon off; master_process off; worker_processes 1; pid \(folder.path)/nginx.pid;
            error_log \(folder.path)/error.log;
            events { worker_connections 256; }
            http {
                access_log \(folder.path)/access.log;
                client_body_temp_path \(folder.path)/body; proxy_temp_path \(folder.path)/proxy;
                fastcgi_temp_path \(folder.path)/f; uwsgi_temp_path \(folder.path)/u; scgi_temp_path \(folder.path)/s;
                upstream offhook { server 127.0.0.1:\(port); keepalive 1; }
                server {
                    listen 127.0.0.1:\(self.port);
                    location / {
                        proxy_pass http://offhook; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_set_header Host $host; proxy_request_buffering off;
                        proxy_set_header X-Forwarded-For $remote_addr;
                    }
                }
            }
            """
        let file = folder.appending(path: "nginx.conf")
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: program)
        process.arguments = ["-p", folder.path, "-c", file.path, "-e", folder.appending(path: "error.log").path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let (ours, running) = (self.port, process)
        try await wait(for: "nginx to listen") {
            guard running.isRunning else { throw Missing(description: "nginx ended at its start.") }
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: ours).get()
            try await channel?.close()
            return channel != nil
        }
    }

    /// How many requests it has logged.
    func answers() throws -> Int {
        try String(contentsOf: folder.appending(path: "access.log"), encoding: .utf8).split(separator: "\n").count
    }

    func stop() {
        // It has inherited which signals this thread blocks, and in one process it does not unblock them: this one it gets.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
