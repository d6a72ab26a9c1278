"""What strangers, limited managers and careless programs send. Each attack is bounded, and tells what it saw."""
import http.client, json, random, socket, threading, time, urllib.parse
from server import Failed, PASSWORD

EVENT = b"GET /phone-events/guess/desk-1/x HTTP/1.1\r\nHost: x\r\n"


def connect(port, source="127.0.0.1", timeout=60):
    return socket.create_connection(("127.0.0.1", port), timeout=timeout, source_address=(source, 0))


def said(port, sent):
    """All that comes back over one connection that sends nothing more."""
    answer = b""
    try:
        with connect(port) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
    except OSError:
        pass
    return answer


def smuggling(server, seed):
    """Bodies that look like requests, and spoiled ones: one request gets at most one answer."""
    chance = random.Random(seed)
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    body = b"GET /phone-events/a/b/c d e f HTTP/1.1\r\n\r\n" * 20 + hidden
    lengths = b"Content-Length: %d\r\n" % len(body)
    heads = [lengths, b"Transfer-Encoding: xchunked\r\n" + lengths, lengths + lengths.replace(b"t", b"T"),
             b"Transfer-Encoding : chunked\r\n", b"Transfer-Encoding: chunked\r\n" + lengths, b"Expect: 100-continue\r\n" + lengths]
    tried = 0
    for _ in range(150):
        sent = EVENT + chance.choice(heads) + b"\r\n" + body
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(sent))
            sent = sent[:place] + bytes([chance.randrange(256)]) * chance.randrange(3) + sent[place + chance.randrange(3):]
        if said(server.events_port, sent).count(b"HTTP/1.1 ") > 1:
            raise Failed(f"the listener of phones' events gave two answers to {sent[:200]!r}")
        answer = said(server.port, EVENT + chance.choice(heads) + b"\r\n" + body)
        if b"isWell" in answer or b'"status"' in answer and answer.count(b"HTTP/1.1 ") > 1:
            raise Failed(f"a hidden request was answered: {answer[:300]!r}")
        tried += 2
    return f"{tried} requests, none answered twice"


def holding(server, seed):
    """1,500 idle connections from many addresses; a phone's work and a right request go on."""
    held, refused = [], 0
    for index in range(1500):
        try:
            held.append(connect(server.port, f"127.0.{1 + index // 250}.{1 + index % 250}", timeout=5))
        except OSError:
            refused += 1
    before = server.polls()
    end = time.monotonic() + 300
    while server.polls() < before + 50:
        if time.monotonic() > end:
            raise Failed("phones were not polled while connections were held")
        server.ensure_running()
        time.sleep(0.2)
    for connection in held:
        connection.close()
    end = time.monotonic() + 300
    while server.get("/healthz/live", timeout=5)[0] != 200:
        if time.monotonic() > end:
            raise Failed("the pages did not come back after the connections went")
        time.sleep(0.2)
    return f"{len(held)} connections held, {refused} refused"


def dripping(server, seed):
    """Heads and bodies that come byte by byte."""
    connections = []
    for index in range(40):
        try:
            connection = connect(server.port, f"127.0.9.{1 + index}", timeout=5)
            connection.sendall(b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" if index % 2 else b"GET /lo")
            connections.append(connection)
        except OSError:
            pass
    for _ in range(10):
        for connection in list(connections):
            try:
                connection.sendall(b"x")
            except OSError:
                connections.remove(connection)
        time.sleep(0.5)
    for connection in connections:
        connection.close()
    return f"{len(connections)} of 40 dripped to the end"


def many(actions, at_once=8):
    """Runs actions on a few threads; their results in order."""
    results = [None] * len(actions)
    todo = list(enumerate(actions))
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                if not todo:
                    return
                index, action = todo.pop(0)
            results[index] = action()

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def statuses(results):
    counts = {}
    for status in results:
        counts[status] = counts.get(status, 0) + 1
    return ", ".join(f"{count} x {status or 'cut off'}" for status, count in sorted(counts.items(), key=str))


def heavy(server, seed):
    """Campaign files of 200 KB that differ in each line, scripts full of braces, and searches, all by one limited manager."""
    token = {"Authorization": f"Bearer {server.tokens['lea']}"}
    chance = random.Random(seed)

    def change():
        lines = "\n".join(f"# {chance.random()}" for _ in range(9000))
        text = f"campaign: spring\nregion: US\ncalling_rules: {{ pack: none }}\npacing: {{ wrap_up: 5s }}\n{lines}\n"
        script = ("{{" if chance.random() < 0.5 else "{{#a}}") * 20000
        body = {"yaml": text[:200_000]} if chance.random() < 0.5 else {"yaml": text[:1000], "script": script}
        current = server.etag("/api/v1/campaigns/spring", "lea")
        return server.request("PUT", "/api/v1/campaigns/spring", json.dumps(body).encode(), {
            **token, "Content-Type": "application/json", "If-Match": current or '"x"'})[0]

    def check():
        body = {"yaml": "campaign: spring\n" + "a: &a [x]\n" + "b: [*a, *a]\n" * 5000}
        return server.request("POST", "/api/v1/campaigns/check", json.dumps(body).encode(), {
            **token, "Content-Type": "application/json"})[0]

    def search():
        words = urllib.parse.quote(chance.choice(["%_*" * 20, "Contact " * 15, "a b c d e f g h", "Contact 1"]))
        return server.request("GET", f"/api/v1/contacts?q={words}", headers=token)[0]

    found = many([change, search, check] * 10)
    if any(status is not None and status >= 500 and status != 503 for status in found):
        raise Failed(f"heavy requests were answered by a fault: {statuses(found)}")
    return statuses(found)


def passwords(server, seed):
    """60 wrong passwords from two addresses; a right one from a third gets in meanwhile."""
    def login(source, name, password):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300, source_address=(source, 0))
        try:
            connection.request("GET", "/login")
            page = connection.getresponse()
            cookie = (page.getheader("Set-Cookie") or "").split(";")[0]
            text = page.read().decode()
            marker = 'name="csrf" value="'
            csrf = text[text.index(marker) + len(marker):].split('"')[0] if marker in text else ""
            form = urllib.parse.urlencode({"csrf": csrf, "name": name, "password": password})
            connection.request("POST", "/login", form, {
                "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    guesses = []
    thread = threading.Thread(target=lambda: guesses.extend(many(
        [lambda index=index: login(f"127.0.7.{1 + index % 2}", f"name{index % 7}", f"wrong {index}") for index in range(60)], 60)))
    thread.start()
    start = time.monotonic()
    right = login("127.0.8.1", "lea", PASSWORD)
    took = time.monotonic() - start
    thread.join()
    if right != 303:
        raise Failed(f"the right password was answered by {right}")
    if 303 in guesses:
        raise Failed("a wrong password got in")
    return f"{statuses(guesses)}; the right one got in after {took:.1f} s"


def odd(server, seed):
    """Bytes without sense, control characters, huge and missing heads, NUL in parameters."""
    chance = random.Random(seed)
    for _ in range(60):
        noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 3000)))
        said(chance.choice([server.port, server.events_port]), noise)
    for sent, status in [
        (b"GET /login HTTP/1.1\r\n\r\n", b"400"), (b"GET /login HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", b"400"),
        (b"GET /phone-events/a/b/c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"410"),
    ]:
        answer = said(server.port, sent)
        # Where there is no room for the connection it is closed, or told so.
        if answer and not answer.startswith((b"HTTP/1.1 " + status, b"HTTP/1.1 503")):
            raise Failed(f"{sent!r} was answered by {answer[:100]!r}")
    status = server.get("/api/v1/contacts?q=a%00b", "root")[0]
    if status not in (422, 503, None):
        raise Failed(f"NUL in a parameter was answered by {status}")
    return "60 noises, 5 odd requests"


def streams(server, seed):
    """Streams of events that nobody reads."""
    held = []
    for index in range(60):
        try:
            connection = connect(server.port, f"127.0.6.{1 + index}", timeout=5)
            connection.sendall(
                f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.tokens['lea']}\r\nLast-Event-ID: 0\r\n\r\n".encode())
            held.append(connection)
        except OSError:
            pass
    time.sleep(5)
    for connection in held:
        connection.close()
    return f"{len(held)} streams"


ALL = [smuggling, holding, dripping, heavy, passwords, odd, streams]
