package io.sallyport.controlplane.signin;

import io.sallyport.controlplane.signin.SignInException.Reason;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One pass over a stranger's XML before it goes to parsers and validators that recurse, and that look at all namespaces in scope for each element: their
 * cost is bounded by what is bounded here. The pass itself is linear, as it neither resolves entities nor looks at what a prefix stands for.
 */
final class XmlBounds {

    private static final int DEPTH = 64;
    private static final int ELEMENTS = 2_000;

    /** With namespace declarations: some providers write two of those, and a type, at each group. */
    private static final int ATTRIBUTES = 5_000;

    /** On an element and those around it. */
    private static final int NAMESPACES_IN_SCOPE = 64;

    private static final String DECLARES = "xmlns";

    private final Deque<Integer> declared = new ArrayDeque<>();
    private int elements;
    private int attributes;
    private int inScope;

    /** @throws SignInException for what is not well-formed, has a document type, or is larger than any honest answer */
    static void check(String xml) throws SignInException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            XmlBounds bounds = new XmlBounds();
            while (reader.hasNext()) {
                bounds.see(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            throw new SignInException(Reason.REFUSED, "the response is not well-formed XML", e);
        }
    }

    private void see(XMLStreamReader reader, int event) throws SignInException {
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw new SignInException(Reason.REFUSED, "the response has a document type");
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> inScope -= declared.pop();
            default -> {
                // Text, comments and the like: bounded by the length.
            }
        }
    }

    private void begin(XMLStreamReader reader) throws SignInException {
        int here = 0;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (DECLARES.equals(reader.getAttributePrefix(i)) || DECLARES.equals(reader.getAttributeLocalName(i))) {
                here++;
            }
        }
        declared.push(here);
        inScope += here;
        elements++;
        attributes += reader.getAttributeCount();
        require(declared.size(), DEPTH, "levels");
        require(elements, ELEMENTS, "elements");
        require(attributes, ATTRIBUTES, "attributes");
        require(inScope, NAMESPACES_IN_SCOPE, "namespaces in scope");
    }

    private static void require(int found, int most, String what) throws SignInException {
        if (found > most) {
            throw new SignInException(Reason.REFUSED, "the response has more than " + most + " " + what);
        }
    }
}
