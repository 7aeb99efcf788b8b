"""HTML on standard input, tagged PDF (PDF/UA-1) on standard output.

WeasyPrint 57.2 tags paragraphs and tables, but gives figures no alternative
text, captions no tag, header cells no scope, and nests marked content. This
driver keeps its layout and drawing and makes the structure tree itself:
every piece of drawn content belongs to its HTML element or is an artifact.
Only data: URLs are fetched. Exit status 3: the document lacks title or language.
"""
import ctypes.util
import sys

# WeasyPrint tries the libraries' names on other systems first, and for each of them ctypes would start a compiler and a
# linker where they are installed. The names that Debian has are found by the loader alone.
ctypes.util.find_library = lambda name: None

import pydyf
import weasyprint
from weasyprint import document, draw
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.metadata import add_metadata
from weasyprint.pdf.stream import Stream

ROLES = {
    'h1': 'H1', 'h2': 'H2', 'h3': 'H3', 'h4': 'H4', 'h5': 'H5', 'h6': 'H6',
    'p': 'P', 'pre': 'P', 'address': 'P', 'summary': 'P', 'blockquote': 'BlockQuote',
    'section': 'Sect', 'nav': 'Sect', 'article': 'Art', 'figure': 'Div', 'div': 'Div',
    'header': 'Div', 'footer': 'Div', 'main': 'Div', 'aside': 'Div', 'details': 'Div',
    'ul': 'L', 'ol': 'L', 'dl': 'L', 'li': 'LI', 'dt': 'Lbl', 'dd': 'LBody',
    'table': 'Table', 'thead': 'THead', 'tbody': 'TBody', 'tfoot': 'TFoot',
    'tr': 'TR', 'th': 'TH', 'td': 'TD', 'caption': 'Caption', 'figcaption': 'Caption',
    'a': 'Link', 'img': 'Figure', 'svg': 'Figure',
}
GROUPING = {'Div', 'Sect', 'Art'}
PARENTS = {}      # element: its parent
ORDER = {}        # element: its place in the document
FIRST_STREAM = {}  # header cell: the page that shows it first


def local_name(element):
    """The tag without its XML namespace."""
    tag = element.tag if isinstance(element.tag, str) else ''
    return tag.rpartition('}')[2]


def text_of(element):
    return ' '.join(''.join(element.itertext()).split())


def alternative(element):
    """What a picture shows, in words; empty for decoration."""
    if element.get('aria-hidden') == 'true' or element.get('role') == 'presentation':
        return ''
    if local_name(element) == 'img':
        return element.get('alt', '')
    if element.get('aria-label'):
        return element.get('aria-label')
    wanted = element.get('aria-labelledby', '').split()
    parts = {'title': [], 'desc': []}
    for child in element:
        name = local_name(child)
        if name in parts and (not wanted or child.get('id') in wanted):
            parts[name].append(text_of(child))
    title, desc = (' '.join(parts[name]) for name in ('title', 'desc'))
    return f'{title}. {desc}' if title and desc else title or desc


def in_repeated_header(stream, element):
    """A table's head that stands again on a further page."""
    while element is not None and local_name(element) != 'thead':
        element = PARENTS.get(element)
    return element is not None and FIRST_STREAM.setdefault(element, id(stream)) != id(stream)


def tag_of(box):
    """h1, li::marker, @page …; empty for what is only layout."""
    return getattr(box, 'element_tag', None) or ''


def is_artifact(stream, box):
    element = getattr(box, 'element', None)
    if element is None or tag_of(box).startswith('@') or local_name(element) == 'html':
        return True
    if tag_of(box) == 'figure':
        return True  # the space around its picture; picture and caption are elements of their own
    if ROLES.get(local_name(element)) == 'Figure' and not alternative(element):
        return True
    return in_repeated_header(stream, element)


def open_sequence(stream, tag, box):
    """Artifacts bear no number, everything else its place in stream.marked."""
    if box is None or is_artifact(stream, box):
        pydyf.Stream.begin_marked_content(stream, 'Artifact')
        return
    number = pydyf.Dictionary({'MCID': len(stream.marked)})
    stream.marked.append((tag, box))
    pydyf.Stream.begin_marked_content(stream, tag, number)


def close_sequence(stream):
    """An empty sequence is taken back."""
    written = stream.stream
    if written and written[-1] == b'BDC':
        del written[-3:]
        stream.marked.pop()
    elif written and written[-1] == b'BMC':
        del written[-2:]
    else:
        pydyf.Stream.end_marked_content(stream)


def begin_marked_content(stream, box, mcid=False, tag=None):
    """Marked content never nests: the outer sequence ends here and goes on later."""
    if not stream._mark:
        return
    opened = stream.__dict__.setdefault('opened', [])
    if opened:
        close_sequence(stream)
    if tag is None:
        tag = ROLES.get(tag_of(box).partition('::')[0], 'Span')
    opened.append((tag, box))
    open_sequence(stream, tag, box)


def end_marked_content(stream):
    if not stream._mark:
        return
    close_sequence(stream)
    stream.opened.pop()
    if stream.opened:
        open_sequence(stream, *stream.opened[-1])


def draw_page_marked(page, stream):
    """What no box claims (page colour) is an artifact."""
    begin_marked_content(stream, None)
    original_draw_page(page, stream)
    end_marked_content(stream)


def draw_replacedbox_marked(stream, box):
    begin_marked_content(stream, box, tag='Figure')
    original_draw_replacedbox(stream, box)
    end_marked_content(stream)


class Node:
    """A structure element to be: role, content and children in the order drawn."""

    def __init__(self, role, element=None):
        self.role, self.element = role, element
        self.kids = []        # Node, or (page number, content number), or annotation
        self.attributes = []


class Tree:
    def __init__(self, pdf, page_streams):
        self.pdf = pdf
        self.nodes = {}
        self.root = Node('Document')
        self.parents = [[None] * len(s.marked) for s in page_streams]
        self.links = []
        for page, stream in enumerate(page_streams):
            for number, (tag, box) in enumerate(stream.marked):
                self.add(page, number, tag, box, stream)

    def add(self, page, number, tag, box, stream):
        node = self.node_for(box.element)
        if tag_of(box).endswith('::marker'):
            node = self.part(node, 'Lbl')
        elif node.role == 'LI':
            node = self.part(node, 'LBody')
        elif node.role in GROUPING | {'Document', 'L'}:
            node = self.loose(node)
        if tag == 'Figure':
            x, y, height = box.content_box_x(), box.content_box_y(), stream.page_rectangle[3]
            bounds = (x, height - y - box.height, x + box.width, height - y)
            node.attributes = [pydyf.Dictionary({
                'O': '/Layout', 'Placement': '/Block',
                'BBox': pydyf.Array([round(b * 0.75, 2) for b in bounds])})]
        node.kids.append((page, number))
        if tag == 'Link' and getattr(box, 'link_annotation', None) is not None:
            node.kids.append((page, box.link_annotation))

    def node_for(self, element):
        """The node of an element; those without a role lend their parent's."""
        if element is None:
            return self.root
        if element in self.nodes:
            return self.nodes[element]
        parent = self.node_for(PARENTS.get(element))
        role = ROLES.get(local_name(element))
        if role == 'Div' and parent.role == 'L':
            role = 'LI'  # a term and its descriptions, held together in a dl
        if role is None:
            node = parent
        else:
            node = Node(role, element)
            if role in ('Lbl', 'LBody'):
                parent = self.entry(parent, role)
            elif parent.role == 'LI':
                parent = self.part(parent, 'LBody')
            parent.kids.append(node)
        self.nodes[element] = node
        return node

    def part(self, item, role):
        """Label or body of a list item."""
        for kid in item.kids:
            if isinstance(kid, Node) and kid.role == role:
                return kid
        node = Node(role)
        item.kids.insert(0 if role == 'Lbl' else len(item.kids), node)
        return node

    def entry(self, parent, role):
        """In a dl, a term begins an item and its descriptions join it."""
        if parent.role == 'LI':
            return parent
        last = parent.kids[-1] if parent.kids else None
        if parent.role != 'L' or (last is not None and role == 'LBody'):
            return last or parent
        item = Node('LI')
        parent.kids.append(item)
        return item

    def loose(self, group):
        """Text that stands in a group directly makes a paragraph."""
        last = group.kids[-1] if group.kids else None
        if isinstance(last, Node) and last.role == 'P' and last.element is None:
            return last
        node = Node('P')
        group.kids.append(node)
        return node

    def describe(self, node, target):
        element = node.element
        if element is None:
            return
        if node.role == 'Figure':
            target['Alt'] = pydyf.String(alternative(element))
        if node.role == 'TH':
            in_head = local_name(PARENTS[PARENTS[element]]) == 'thead'
            scope = element.get('scope', 'col' if in_head else 'row')
            node.attributes.append(pydyf.Dictionary({
                'O': '/Table', 'Scope': '/Row' if scope.startswith('row') else '/Column'}))
        spans = {key: int(element.get(name)) for key, name in (('ColSpan', 'colspan'), ('RowSpan', 'rowspan'))
                 if element.get(name, '1').isdigit() and int(element.get(name, '1')) > 1}
        if node.role in ('TH', 'TD') and spans:
            node.attributes.append(pydyf.Dictionary({'O': '/Table', **spans}))
        if node.role == 'L':
            numbering = {'ol': '/Decimal', 'ul': '/Disc'}.get(local_name(element), '/None')
            node.attributes.append(pydyf.Dictionary({'O': '/List', 'ListNumbering': numbering}))
        if element.get('lang') and local_name(element) != 'html':
            target['Lang'] = pydyf.String(element.get('lang'))

    def write(self, node, parent):
        """Adds the node and what is below it to the PDF; its reference."""
        target = pydyf.Dictionary({'Type': '/StructElem', 'S': f'/{node.role}', 'P': parent})
        self.pdf.add_object(target)
        self.describe(node, target)
        kids = pydyf.Array()
        if all(isinstance(kid, Node) and kid.element in ORDER for kid in node.kids):
            node.kids.sort(key=lambda kid: ORDER[kid.element])  # what is drawn last need not be read last
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self.write(kid, target.reference))
                continue
            page, content = kid
            kids.append(self.content(page, content, target, node))
        target['K'] = kids
        if len(node.attributes) == 1:
            target['A'] = node.attributes[0]
        elif node.attributes:
            target['A'] = pydyf.Array(node.attributes)
        return target.reference

    def content(self, page, content, target, node):
        reference = self.pdf.page_references[page]
        if isinstance(content, int):
            self.parents[page][content] = target.reference
            return pydyf.Dictionary({'Type': '/MCR', 'Pg': reference, 'MCID': content})
        content['Contents'] = pydyf.String(text_of(node.element))
        self.links.append((target.reference, content))
        return pydyf.Dictionary({'Type': '/OBJR', 'Pg': reference, 'Obj': content.reference})


def tagged(pdf, metadata, made, page_streams):
    """Takes the place of WeasyPrint's PDF/UA variant."""
    tree = Tree(pdf, page_streams)
    numbers = pydyf.Array()
    mapping = pydyf.Dictionary({'Nums': numbers})
    pdf.add_object(mapping)
    root = pydyf.Dictionary({'Type': '/StructTreeRoot', 'ParentTree': mapping.reference})
    pdf.add_object(root)
    root['K'] = pydyf.Array([tree.write(tree.root, root.reference)])
    for page, parents in enumerate(tree.parents):
        numbers.extend([page, pydyf.Array(p if p is not None else 'null' for p in parents)])
    for place, (reference, annotation) in enumerate(tree.links, start=len(tree.parents)):
        numbers.extend([place, reference])
        annotation['StructParent'] = place
        annotation['F'] = 4  # printed too
    root['ParentTreeNextKey'] = len(tree.parents) + len(tree.links)
    add_metadata(pdf, metadata, 'ua', version=1, conformance=None)
    pdf.catalog['StructTreeRoot'] = root.reference
    pdf.catalog['ViewerPreferences'] = pydyf.Dictionary({'DisplayDocTitle': 'true'})
    pdf.catalog['MarkInfo'] = pydyf.Dictionary({'Marked': 'true'})


def fetch(url, timeout=10, ssl_context=None):
    if not url.startswith('data:'):
        raise ValueError('only data: URLs are fetched')
    return weasyprint.default_url_fetcher(url, timeout, ssl_context)


original_draw_page = draw.draw_page
original_draw_replacedbox = draw.draw_replacedbox


def main():
    Stream.begin_marked_content = begin_marked_content
    Stream.end_marked_content = end_marked_content
    document.draw_page = draw_page_marked
    draw.draw_replacedbox = draw_replacedbox_marked
    VARIANTS['pdf/ua-1'] = (tagged, {'mark': True})
    source = sys.stdin.buffer.read().decode('utf-8')
    html = weasyprint.HTML(string=source, url_fetcher=fetch, base_url='')
    for place, element in enumerate(html.etree_element.iter()):
        ORDER[element] = place
        for child in element:
            PARENTS[child] = element
    made = html.render(presentational_hints=True)
    if not made.metadata.title or not made.metadata.lang:
        sys.stderr.write('the document lacks a title or a language\n')
        sys.exit(3)
    sys.stdout.buffer.write(made.write_pdf(variant='pdf/ua-1'))


main()
