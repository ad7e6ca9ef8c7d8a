package dev.linkspan.rest;

import dev.linkspan.problem.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** Takes a request's body as it arrives. No thread waits for it: its sender may stop in the middle, and many may. */
final class ArrivingBody implements ReadListener, AsyncListener {
    private static final String ATTRIBUTE = ArrivingBody.class.getName();
    private static final int PIECE = 8192;
    /** Longer than any request takes whose body is there. */
    private static final long PATIENCE_MILLIS = 120_000;

    /** Of all callers together: many halves of large bodies must not fill the memory. */
    private static final long MOST_OF_ALL = 64L << 20;

    private static final AtomicLong HELD = new AtomicLong();

    private final AsyncContext async;
    private final ServletInputStream in;
    private final int most;
    private final Step then;
    private final Loss failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean over;

    /** What is done when the body is there. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** What is done when it isn't coming. */
    @FunctionalInterface
    interface Loss {
        void tell(RuntimeException why) throws IOException;
    }

    private ArrivingBody(AsyncContext async, ServletInputStream in, int most, Step then, Loss failed) {
        this.async = async;
        this.in = in;
        this.most = most;
        this.then = then;
        this.failed = failed;
    }

    /** Whether a part of the body is still to come, which isn't too large from the start. */
    static boolean awaited(HttpServletRequest request, int most) throws IOException {
        long length = request.getContentLengthLong();
        boolean none = length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null);
        return !none
                && length <= most
                && (length < 0 || request.getInputStream().available() < length);
    }

    /**
     * Goes on when the body is there, or when it is larger than {@code most} bytes.
     *
     * @param failed is told when the rest doesn't come
     */
    static void await(HttpServletRequest request, int most, Step then, Loss failed) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(PATIENCE_MILLIS);
        ServletInputStream in = request.getInputStream();
        ArrivingBody body = new ArrivingBody(async, in, most, then, failed);
        async.addListener(body);
        in.setReadListener(body);
    }

    /** The body that was awaited; null when it had not to be. */
    static byte[] of(HttpServletRequest request) {
        return (byte[]) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!over && in.isReady()) {
            int count = in.read(piece);
            if (count < 0) {
                return;
            }
            bytes.write(piece, 0, count);
            if (HELD.addAndGet(count) > MOST_OF_ALL) {
                end(() -> failed.tell(Problem.TOO_MANY_BODIES.with()));
            } else if (bytes.size() > most) {
                end(then);
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        end(then);
    }

    @Override
    public void onError(Throwable problem) {
        // The connection is lost, so there is nobody to be told; the container ends the request by the next method.
        over = true;
    }

    @Override
    public void onError(AsyncEvent event) {
        event.getAsyncContext().complete();
    }

    private void end(Step work) throws IOException {
        if (over) {
            return;
        }
        over = true;
        async.getRequest().setAttribute(ATTRIBUTE, bytes.toByteArray());
        try {
            work.run();
        } finally {
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        end(() -> failed.tell(new UncheckedIOException(new IOException("the request body took too long"))));
    }

    @Override
    public void onComplete(AsyncEvent event) {
        HELD.addAndGet(-bytes.size());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
