package io.mainstay.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The container's error page: what fails outside the API's own paths is a problem too. */
@WebServlet("/problem")
public class ProblemServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset(); // The server has put a header of its own into the answer.
        Replies.send(problem(request).reply(), response);
    }

    /** The server gives an exception along with a plain 404, too; the status says what it was. */
    private static Problem problem(HttpServletRequest request) {
        if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)) {
            return Problems.ofStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            return Problems.ofStatus(status);
        }
        return Incidents.report(
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
                        ? failure
                        : new IllegalStateException("the container answered " + status + " to "
                                + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)));
    }
}
